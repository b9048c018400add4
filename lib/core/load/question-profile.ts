import type { SpacedArrivals } from './arrivals.ts';
import type { ProfileName, QuestionTraits, Slo, Stage } from './load-plan.ts';

/** How a question loads the target, before any override. */
export interface QuestionProfile {
  /** Name of its scenario. */
  readonly name: string;
  readonly traits: QuestionTraits;
  readonly slo: Slo;
  readonly requestTimeoutMs: number;
  readonly arrivals: SpacedArrivals;
  readonly stages: Readonly<Record<ProfileName, readonly Stage[]>>;
  /** Absent if the first contact with the target is part of the question. */
  readonly warmupSeconds?: Readonly<Partial<Record<ProfileName, number>>>;
  /** Most refinements after the planned steps. Absent if the question has none. */
  readonly refinements?: Readonly<Partial<Record<ProfileName, number>>>;
  /** Whether a recording may replace its stages. */
  readonly canReplay: boolean;
  /** Deployment of the embedded order API that it needs; absent if any will do. */
  readonly deployment?: string;
}

/** All profiles. A user's own scenario starts from the first one. */
export type QuestionProfiles = readonly [QuestionProfile, ...QuestionProfile[]];

export const DEFAULT_PROFILE: ProfileName = 'standard';

/** Most questions: one target, orders stored at once, judged by the totals. */
export const PLAIN_TRAITS: QuestionTraits = {
  judgedBy: 'run',
  hasTwoTargets: false,
  usesQueue: false,
  checksContract: false,
};

/** For questions about capacity or bursts, because users arrive at random. */
export const AT_RANDOM: SpacedArrivals = { kind: 'poisson' };
/** For questions whose runs are compared, because random arrivals add noise. */
export const EVEN: SpacedArrivals = { kind: 'even' };

/** The profile of a scenario; that of the first question for a user's own scenario. */
export function profileOf(profiles: QuestionProfiles, scenario: string): QuestionProfile {
  return profiles.find(({ name }) => name === scenario) ?? profiles[0];
}

/** A constant rate. */
export function plateau(name: string, ratePerSecond: number, durationSeconds: number): Stage {
  return { name, durationSeconds, fromRate: ratePerSecond, toRate: ratePerSecond };
}
