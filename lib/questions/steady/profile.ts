import {
  EVEN,
  PLAIN_TRAITS,
  plateau,
  type QuestionProfile,
} from '../../core/load/question-profile.ts';

export const STEADY: QuestionProfile = {
  name: 'steady',
  traits: PLAIN_TRAITS,
  slo: { successRatio: 0.999, p95Ms: 500 },
  requestTimeoutMs: 5000,
  arrivals: EVEN,
  stages: {
    quick: [plateau('steady', 50, 10)],
    standard: [plateau('steady', 50, 60)],
    long: [plateau('steady', 50, 600)],
  },
  warmupSeconds: { long: 10 },
  canReplay: true,
};
