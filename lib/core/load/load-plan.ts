import type { OrderMapping } from '../order/order-mapping.ts';
import type { Arrivals } from './arrivals.ts';
import type { InFlightLimit } from './in-flight.ts';

export const PROFILE_NAMES = ['quick', 'standard', 'long'] as const;
export type ProfileName = (typeof PROFILE_NAMES)[number];

/**
 * One stretch of the load. The arrival rate changes linearly from `fromRate` to `toRate` (equal for a
 * plateau); two consecutive stages with different rates at their border make a jump.
 */
export interface Stage {
  /** Value of the `step` tag of the orders that are due in the stage; unique within a plan. */
  readonly name: string;
  readonly durationSeconds: number;
  /** Orders per second. */
  readonly fromRate: number;
  readonly toRate: number;
}

/** The SLOs, which decide between pass and fail. */
export interface Slo {
  /** Lowest acceptable share of offered orders that were stored, 0 to 1. */
  readonly successRatio: number;
  /** Highest acceptable p95 latency of created and duplicate orders, with each timeout at the request timeout. */
  readonly p95Ms: number;
}

/** A header whose value k6 reads from an environment variable, so the plan holds no secret. */
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
  /** `authorization: Bearer …`, renewed by the wrapper during the run; `env` names the variables needed to get one. */
  | { readonly kind: 'renewed'; readonly env: readonly string[] }
  /** SigV4 with AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN from the environment. */
  | { readonly kind: 'sigv4'; readonly region: string; readonly service: string };

/** The traits of a question that decide how its run is judged and what is sent besides its orders. */
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
 * Everything that k6 needs to know about a run, without secrets. The wrapper resolves it and passes
 * it as JSON in LOAD_PLAN; under plain `k6 run` the same function builds it inside k6.
 */
export interface LoadPlan {
  readonly scenario: string;
  /** The traits of its question. */
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
  /** Load before the measured stages, or null. Its orders are excluded from all figures. */
  readonly warmup: Stage | null;
  readonly stages: readonly Stage[];
  /** How the measured orders are spaced; those of a warm-up are evenly spaced. */
  readonly arrivals: Arrivals;
  readonly requestTimeoutMs: number;
  /** Share of the measured orders that are sent once more after their outcome, 0 to 1; see `isResent`. */
  readonly retryRatio: number;
  /** Always longer than the request timeout (with retries, than twice that), so every request is resolved. */
  readonly gracefulStopMs: number;
  /** Limit of orders in flight; orders that fall due beyond it are dropped. */
  readonly maxInFlight: number;
  /** Most orders that can be in flight if none takes longer than the timeout (Little's law). */
  readonly inFlightBound: number;
  /** The limit of this machine below `inFlightBound`; absent if there is none. */
  readonly inFlightLimit?: InFlightLimit;
  /** Event loops of one k6 process. They share no connections. */
  readonly clients: number;
  /** Most k6 processes that may share the load by execution segments. */
  readonly mostRunners: number;
  /** HTTP/2 is not used, even if the target offers it. */
  readonly http1: boolean;
  readonly slo: Slo;
  readonly mapping: OrderMapping;
  readonly auth: Auth;
  readonly headers: readonly HeaderFromEnv[];
}
