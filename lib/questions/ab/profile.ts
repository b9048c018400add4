import { abRounds } from '../../core/load/ab-blocks.ts';
import { EVEN, PLAIN_TRAITS, type QuestionProfile } from '../../core/load/question-profile.ts';

export const AB: QuestionProfile = {
  name: 'ab',
  traits: { ...PLAIN_TRAITS, judgedBy: 'moment', hasTwoTargets: true },
  slo: { successRatio: 0.999, p95Ms: 500 },
  requestTimeoutMs: 5000,
  arrivals: EVEN,
  stages: {
    quick: abRounds({ rounds: 3, blockSeconds: 5, ratePerSecond: 50 }),
    standard: abRounds({ rounds: 6, blockSeconds: 10, ratePerSecond: 50 }),
    long: abRounds({ rounds: 15, blockSeconds: 20, ratePerSecond: 50 }),
  },
  canReplay: false,
};
