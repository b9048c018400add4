import type { Histogram } from '../histogram/histogram.ts';
import type { NotSentReason } from '../order/not-sent.ts';
import type { Outcome } from '../order/outcome.ts';

/**
 * Orders counted over any span of a run. Tallies of different spans, steps or runners add up exactly. The number of
 * orders with an outcome is the count of that outcome's histogram.
 */
export interface Tally {
  /** Orders that were sent. */
  readonly started: number;
  /** Client-side latency in ms of every resolved order, by outcome. An absent outcome did not occur. */
  readonly latencyByOutcome: Readonly<Partial<Record<Outcome, Histogram>>>;
}

/** Orders that were sent a second time. They add up like tallies, and are part of none. */
export interface ResendTally {
  /** Second sends that were started. */
  readonly sent: number;
  /** Client-side latency in ms of every second send that was resolved, by its own outcome. */
  readonly latencyByOutcome: Tally['latencyByOutcome'];
  /** Of these, the orders whose first send had been stored: created or duplicate. */
  readonly servedBefore: Tally['latencyByOutcome'];
}

/** A tally of one stretch of time. Orders count in the window in which they were resolved, not sent. */
export interface WindowTally extends Tally {
  /** Milliseconds after the start of the scenario; the first window may begin before it. */
  readonly startOffsetMs: number;
  readonly lengthMs: number;
  /** Orders that fell due and were never sent. */
  readonly dropped: number;
  /** Responses marked as cold starts. */
  readonly cold: number;
  /** Highest number of VUs in the window, or null if none was reported. */
  readonly vus: number | null;
  /** Most orders in flight in the window, or null if no event loop reported it. */
  readonly inFlight: number | null;
}

/** Number of orders that were not sent, by reason. */
export type NotSent = Readonly<Partial<Record<NotSentReason, number>>>;

/** Number of orders that were not sent, by step and reason. */
export type NotSentBySteps = Readonly<Record<string, NotSent>>;

/** Orders that failed in one way. */
export interface FailureTally {
  readonly outcome: Outcome;
  /** HTTP status, or 0 without a complete response. */
  readonly status: number;
  /** k6's error text for status 0, without addresses and numbers that vary; else empty. */
  readonly error: string;
  readonly arm: 'a' | 'b' | null;
  readonly orders: number;
  /** Epoch ms: the beginning of the second in which the first was counted, and the end of the second of the last. */
  readonly firstMs: number;
  readonly lastMs: number;
}

/** Everything one k6 process reported by remote write. */
export interface RunnerTelemetry {
  /** The value of the `runner` tag. */
  readonly runner: string;
  /** Epoch ms at which the measured scenario started, or null if no order was started. */
  readonly scenarioStartMs: number | null;
  /** The final stale markers arrived, so nothing is missing at the end. */
  readonly ended: boolean;
  /** Reasons why these figures cannot be trusted, in plain words ("counter … fell from 12 to 3"). */
  readonly faults: readonly string[];
  /** Measured orders by the step they started in; without warm-up. */
  readonly steps: Readonly<Record<string, Tally>>;
  /** Measured orders that fell due and were not sent. */
  readonly dropped: number;
  /** Orders not sent, by the step in which they were due and by reason; `virtualUsers` is not known by step. */
  readonly notSent: NotSentBySteps;
  /**
   * Measured orders that failed, by way to fail; beyond the most ways that are kept, they are not listed. Absent if not
   * reported.
   */
  readonly failures?: readonly FailureTally[];
  /** Lateness of orders in ms; empty if no event loop reported it. */
  readonly lateness: Histogram;
  /** Lateness by step. */
  readonly latenessByStep: Readonly<Record<string, Histogram>>;
  /** Warm-up orders: sent, but in no figure. */
  readonly warmup: Tally & { readonly dropped: number };
  /** Second sends of measured orders. */
  readonly resends: ResendTally;
  /** Measured orders over time, all steps together. */
  readonly windows: readonly WindowTally[];
  /** Time to connect (TCP and TLS) in ms, of new connections only. */
  readonly connect: Histogram;
  /** The handler's own duration in ms, of the responses that had it. */
  readonly handler: Histogram;
  /** The handler's duration by the step in which the orders started; no entry for a step without one. */
  readonly handlerByStep?: Readonly<Record<string, Histogram>>;
  /** Init duration in ms, of the cold starts that had it. */
  readonly init: Histogram;
  /** Responses marked as cold starts. */
  readonly cold: number;
  /** At least one response had the handler's own headers, so failures without them came from elsewhere. */
  readonly handlerSeen: boolean;
  /**
   * A `Server-Timing` came from the handler, so responses without `cold` were warm; if absent, `handlerSeen` decides.
   */
  readonly timingSeen?: boolean;
}
