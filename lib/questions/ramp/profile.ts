import type { Stage } from '../../core/load/load-plan.ts';
import { AT_RANDOM, PLAIN_TRAITS, type QuestionProfile } from '../../core/load/question-profile.ts';
import { staircase } from '../../core/load/staircase.ts';

/** Steps coarse enough to find the limit quickly; `--refine` narrows it down. */
const climb = (peakPerSecond: number, steps: number, stepSeconds: number): readonly Stage[] =>
  staircase({ peakPerSecond, ratio: 1.5, steps, stepSeconds });

export const RAMP: QuestionProfile = {
  name: 'ramp',
  traits: { ...PLAIN_TRAITS, judgedBy: 'step' },
  slo: { successRatio: 0.99, p95Ms: 500 },
  requestTimeoutMs: 5000,
  arrivals: AT_RANDOM,
  stages: {
    quick: climb(100, 4, 3),
    standard: climb(200, 8, 15),
    long: climb(200, 8, 60),
  },
  refinements: { standard: 3, long: 3 },
  canReplay: false,
};
