import type { SpacedArrivals } from './arrivals.ts';
import type { ProfileName, QuestionTraits, Slo, Stage } from './load-plan.ts';

/** What a question demands of a run and how it loads the target, before any override. */
export interface QuestionProfile {
  /** Name of its scenario. */
  readonly name: string;
  readonly traits: QuestionTraits;
  readonly slo: Slo;
  readonly requestTimeoutMs: number;
  readonly arrivals: SpacedArrivals;
  readonly stages: Readonly<Record<ProfileName, readonly Stage[]>>;
  /** Absent where the target's first contact is part of the question. */
  readonly warmupSeconds?: Readonly<Partial<Record<ProfileName, number>>>;
  /** Most steps that follow the planned ones, where those have shown where to look. Absent where none can. */
  readonly refinements?: Readonly<Partial<Record<ProfileName, number>>>;
  /** Whether a recording may replace its stages. */
  readonly canReplay: boolean;
  /** Deployment of the embedded order API that it needs; any will do where it is absent. */
  readonly deployment?: string;
}

/** The profiles that there are. The first is what a scenario of the user's own starts from. */
export type QuestionProfiles = readonly [QuestionProfile, ...QuestionProfile[]];

export const DEFAULT_PROFILE: ProfileName = 'standard';

/** Most questions: one target, orders stored at once, judged by the totals. */
export const PLAIN_TRAITS: QuestionTraits = {
  judgedBy: 'run',
  hasTwoTargets: false,
  usesQueue: false,
  checksContract: false,
};

/** Users arrive at random, and that is what a question about capacity or a burst is about. */
export const AT_RANDOM: SpacedArrivals = { kind: 'poisson' };
/** What is compared from run to run has less noise without the draw. */
export const EVEN: SpacedArrivals = { kind: 'even' };

/** The profile of a scenario; of the first question for one of the user's own. */
export function profileOf(profiles: QuestionProfiles, scenario: string): QuestionProfile {
  return profiles.find(({ name }) => name === scenario) ?? profiles[0];
}

/** A constant rate. */
export function plateau(name: string, ratePerSecond: number, durationSeconds: number): Stage {
  return { name, durationSeconds, fromRate: ratePerSecond, toRate: ratePerSecond };
}
