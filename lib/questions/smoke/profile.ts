import {
  EVEN,
  PLAIN_TRAITS,
  plateau,
  type QuestionProfile,
} from '../../core/load/question-profile.ts';

export const SMOKE: QuestionProfile = {
  name: 'smoke',
  traits: { ...PLAIN_TRAITS, checksContract: true },
  slo: { successRatio: 1, p95Ms: 2000 },
  requestTimeoutMs: 10_000,
  arrivals: EVEN,
  stages: {
    quick: [plateau('smoke', 1, 5)],
    standard: [plateau('smoke', 2, 8)],
    long: [plateau('smoke', 5, 10)],
  },
  canReplay: false,
};
