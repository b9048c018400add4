import type { Stage } from '../../core/load/load-plan.ts';
import { AT_RANDOM, PLAIN_TRAITS, type QuestionProfile } from '../../core/load/question-profile.ts';
import { staircase } from '../../core/load/staircase.ts';

/** Two steps to each doubling, from a rate that hardly anything fails at. */
const fineClimb = (peakPerSecond: number, steps: number, stepSeconds: number): readonly Stage[] =>
  staircase({ peakPerSecond, ratio: Math.SQRT2, steps, stepSeconds });

export const BREAKPOINT: QuestionProfile = {
  name: 'breakpoint',
  traits: { ...PLAIN_TRAITS, judgedBy: 'step' },
  slo: { successRatio: 0.99, p95Ms: 1000 },
  requestTimeoutMs: 5000,
  arrivals: AT_RANDOM,
  stages: {
    quick: fineClimb(200, 8, 3),
    standard: fineClimb(500, 12, 15),
    long: fineClimb(1000, 16, 60),
  },
  canReplay: false,
};
