import type { OrderMapping } from '../order/order-mapping.ts';
import type { Arrivals } from './arrivals.ts';
import type { InFlightLimit } from './in-flight.ts';

export const PROFILE_NAMES = ['quick', 'standard', 'long'] as const;
export type ProfileName = (typeof PROFILE_NAMES)[number];

/**
 * One stretch of the load. The arrival rate goes in a straight line from `fromRate` to `toRate`
 * (equal for a plateau); two stages that do not meet make a jump.
 */
export interface Stage {
  /** Value of the `step` tag of the orders that start in it; unique within a plan. */
  readonly name: string;
  readonly durationSeconds: number;
  /** Orders per second. */
  readonly fromRate: number;
  readonly toRate: number;
}

/** Service levels that decide between pass and fail. */
export interface Slo {
  /** Lowest acceptable share of offered orders that were stored, 0 to 1. */
  readonly successRatio: number;
  /** Highest acceptable p95 latency of created and duplicate orders, timeouts censored at the limit. */
  readonly p95Ms: number;
}

/** A header whose value is read from an environment variable inside k6, so that no secret is in the plan. */
export interface HeaderFromEnv {
  readonly name: string;
  readonly env: string;
}

export type Auth =
  | { readonly kind: 'none' }
  /** `x-api-key` from the environment variable. */
  | { readonly kind: 'apiKey'; readonly env: string }
  /** `authorization: Bearer …` from the environment variable. */
  | { readonly kind: 'bearer'; readonly env: string }
  /** `authorization: Bearer …`, renewed by the wrapper during the run; `env` names what it takes to get one. */
  | { readonly kind: 'renewed'; readonly env: readonly string[] }
  /** SigV4 with AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN from the environment. */
  | { readonly kind: 'sigv4'; readonly region: string; readonly service: string };

/** What of a question decides how its run is judged and what is sent beside its orders. */
export interface QuestionTraits {
  /**
   * run: the totals decide. step: every step of a rising load is judged on its own, and a later one is meant to miss
   * the SLO. moment: the totals decide, and the answer depends on when orders failed.
   */
  readonly judgedBy: 'run' | 'step' | 'moment';
  /** Loads two targets in turn. */
  readonly hasTwoTargets: boolean;
  /** Orders are accepted into a queue and stored later. */
  readonly usesQueue: boolean;
  /** Checks the API's contract after the load. */
  readonly checksContract: boolean;
}

/**
 * Everything that the k6 side needs to know of a run, free of secrets. The wrapper resolves it and
 * hands it over as JSON in LOAD_PLAN; under plain `k6 run` the same function builds it inside k6.
 */
export interface LoadPlan {
  readonly scenario: string;
  /** What of its question decides how the run is judged. */
  readonly question: QuestionTraits;
  readonly profile: ProfileName;
  /** Id of the run; part of every order id. */
  readonly run: string;
  readonly seed: number;
  /** Base URL of the order API without a trailing slash. */
  readonly target: string;
  /** Query of every request, encoded and without its question mark; absent for none. */
  readonly query?: string;
  /** Base URL of arm B, where two targets are loaded in turn; the target is then arm A's. */
  readonly targetB?: string;
  /** Load before the measured stages, or null. Its orders are in no figure. */
  readonly warmup: Stage | null;
  readonly stages: readonly Stage[];
  /** How the measured orders follow each other; those of a warm-up come at even distances. */
  readonly arrivals: Arrivals;
  readonly requestTimeoutMs: number;
  /** Share of the measured orders that are sent once more after their outcome, 0 to 1; see `isResent`. */
  readonly retryRatio: number;
  /** Always longer than the request timeout, twice that with retries, so that every request is resolved. */
  readonly gracefulStopMs: number;
  /** Orders that may be in flight at once; what falls due beyond them is not sent. */
  readonly maxInFlight: number;
  /** In flight at most while no order takes longer than the timeout (Little's law). */
  readonly inFlightBound: number;
  /** What of this machine keeps more from being in flight; absent where nothing does. */
  readonly inFlightLimit?: InFlightLimit;
  /** Event loops of one k6 process. They share no connections. */
  readonly clients: number;
  /** k6 processes that may share the load by execution segments, at most. */
  readonly mostRunners: number;
  /** HTTP/2 is not used though the target offers it. */
  readonly http1: boolean;
  readonly slo: Slo;
  readonly mapping: OrderMapping;
  readonly auth: Auth;
  readonly headers: readonly HeaderFromEnv[];
}
