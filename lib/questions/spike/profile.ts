import type { Stage } from '../../core/load/load-plan.ts';
import {
  AT_RANDOM,
  PLAIN_TRAITS,
  plateau,
  type QuestionProfile,
} from '../../core/load/question-profile.ts';

const burst = (
  baseRate: number,
  burstRate: number,
  baselineSeconds: number,
  burstSeconds: number,
  recoverySeconds: number,
): readonly Stage[] => [
  plateau('baseline', baseRate, baselineSeconds),
  { name: 'jump', durationSeconds: 1, fromRate: baseRate, toRate: burstRate },
  plateau('burst', burstRate, burstSeconds),
  plateau('recovery', baseRate, recoverySeconds),
];

export const SPIKE: QuestionProfile = {
  name: 'spike',
  traits: { ...PLAIN_TRAITS, judgedBy: 'moment' },
  slo: { successRatio: 0.99, p95Ms: 1000 },
  requestTimeoutMs: 5000,
  arrivals: AT_RANDOM,
  stages: {
    quick: burst(10, 100, 3, 4, 6),
    standard: burst(10, 100, 10, 14, 20),
    long: burst(20, 300, 60, 60, 120),
  },
  canReplay: false,
};
