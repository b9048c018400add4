import {
  EVEN,
  PLAIN_TRAITS,
  plateau,
  type QuestionProfile,
} from '../../core/load/question-profile.ts';

export const BATCH: QuestionProfile = {
  name: 'batch',
  traits: { ...PLAIN_TRAITS, usesQueue: true },
  slo: { successRatio: 0.999, p95Ms: 1000 },
  requestTimeoutMs: 5000,
  arrivals: EVEN,
  stages: {
    quick: [plateau('batch', 50, 10)],
    standard: [plateau('batch', 100, 60)],
    long: [plateau('batch', 100, 600)],
  },
  canReplay: true,
  deployment: 'batch-25',
};
