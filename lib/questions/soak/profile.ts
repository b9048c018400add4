import {
  AT_RANDOM,
  PLAIN_TRAITS,
  plateau,
  type QuestionProfile,
} from '../../core/load/question-profile.ts';

export const SOAK: QuestionProfile = {
  name: 'soak',
  traits: { ...PLAIN_TRAITS, judgedBy: 'moment' },
  slo: { successRatio: 0.999, p95Ms: 500 },
  requestTimeoutMs: 5000,
  arrivals: AT_RANDOM,
  stages: {
    quick: [plateau('soak', 20, 60)],
    standard: [plateau('soak', 20, 30 * 60)],
    long: [plateau('soak', 20, 4 * 3600)],
  },
  warmupSeconds: { quick: 10, standard: 10, long: 10 },
  canReplay: true,
};
