import type { Histogram } from '../histogram/histogram.ts';
import type { NotSentReason } from '../order/not-sent.ts';
import type { Outcome } from '../order/outcome.ts';

/**
 * What was counted over any span of a run. Tallies of other spans, steps or runners add up exactly.
 * The number of orders with an outcome is the count of that outcome's histogram.
 */
export interface Tally {
  /** Orders that were sent. */
  readonly started: number;
  /** Client-side latency in ms of every resolved order, by outcome. Absent outcomes did not occur. */
  readonly latencyByOutcome: Readonly<Partial<Record<Outcome, Histogram>>>;
}

/** Orders that were sent a second time. They add up like tallies, and are in none. */
export interface ResendTally {
  /** Second sends that began. */
  readonly sent: number;
  /** Client-side latency in ms of every second send that was resolved, by its own outcome. */
  readonly latencyByOutcome: Tally['latencyByOutcome'];
  /** The part of it whose first send had been served: created or duplicate. */
  readonly servedBefore: Tally['latencyByOutcome'];
}

/** A tally of one stretch of time. Times of completion count, not times of sending. */
export interface WindowTally extends Tally {
  /** Milliseconds after the start of the scenario; the first window may begin before it. */
  readonly startOffsetMs: number;
  readonly lengthMs: number;
  /** Orders that fell due and were never sent. */
  readonly dropped: number;
  /** Answers marked as cold starts. */
  readonly cold: number;
  /** Highest number of VUs seen in the window, or null when none was reported. */
  readonly vus: number | null;
  /** Most orders in flight in the window, or null where no event loop said so. */
  readonly inFlight: number | null;
}

/** Orders that were not sent: how many, by reason. */
export type NotSent = Readonly<Partial<Record<NotSentReason, number>>>;

/** The same by step. */
export type NotSentBySteps = Readonly<Record<string, NotSent>>;

/** Orders that failed in one way. */
export interface FailureTally {
  readonly outcome: Outcome;
  /** HTTP status, 0 without a whole answer. */
  readonly status: number;
  /** k6's words for a status 0, without addresses and numbers that vary; else empty. */
  readonly error: string;
  readonly arm: 'a' | 'b' | null;
  readonly orders: number;
  /** Epoch ms: the beginning of the second in which the first was counted, and the end of that of the last. */
  readonly firstMs: number;
  readonly lastMs: number;
}

/** Everything one k6 process reported by remote write. */
export interface RunnerTelemetry {
  /** The value of the `runner` tag. */
  readonly runner: string;
  /** Epoch ms at which the measured scenario started, or null when no order was started. */
  readonly scenarioStartMs: number | null;
  /** The final stale markers came: nothing after them can be missing. */
  readonly ended: boolean;
  /** Reasons why these figures cannot be trusted, in plain words ("counter … fell from 12 to 3"). */
  readonly faults: readonly string[];
  /** Measured orders by the step they started in; without warm-up. */
  readonly steps: Readonly<Record<string, Tally>>;
  /** Measured orders that fell due and were not sent. */
  readonly dropped: number;
  /** The same by the step in which they were due and by the reason; `virtualUsers` is not known by step. */
  readonly notSent: NotSentBySteps;
  /** Measured orders that failed, by how; those of more ways than are kept are in none. Absent where it was not told. */
  readonly failures?: readonly FailureTally[];
  /** How long after they were due orders were started, in ms; empty where no event loop said so. */
  readonly lateness: Histogram;
  /** The same by step. */
  readonly latenessByStep: Readonly<Record<string, Histogram>>;
  /** Warm-up orders: sent, but in no figure. */
  readonly warmup: Tally & { readonly dropped: number };
  /** Second sends of measured orders. */
  readonly resends: ResendTally;
  /** Measured orders over time, all steps together. */
  readonly windows: readonly WindowTally[];
  /** Time to connect (TCP and TLS) in ms, of new connections only. */
  readonly connect: Histogram;
  /** The handler's own duration in ms where answers carried it. */
  readonly handler: Histogram;
  /** The same by the step that the orders started in; no entry where no answer carried it. */
  readonly handlerByStep?: Readonly<Record<string, Histogram>>;
  /** Init duration in ms of the cold starts that carried it. */
  readonly init: Histogram;
  /** Answers marked as cold starts. */
  readonly cold: number;
  /** At least one answer carried the handler's own headers, so that failures without them came from elsewhere. */
  readonly handlerSeen: boolean;
  /** A `Server-Timing` spoke of the handler, so that answers without `cold` were warm; as `handlerSeen` if absent. */
  readonly timingSeen?: boolean;
}
