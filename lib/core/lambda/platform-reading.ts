import type { FunctionState } from './platform-control.ts';

/** What a platform itself counted during a run. Null is unknown; zero is a count. */
export interface PlatformReading {
  readonly lens: LensName;
  /** Where the figures come from, as a text. */
  readonly source: string;
  /** The function that took the orders comes first. */
  readonly functions: readonly [FunctionReading, ...FunctionReading[]];
  /** Requests that the gateway refused before they reached any function. */
  readonly gatewayThrottles: number | null;
  /** Orders that the table gained. */
  readonly storedOrders: number | null;
  /** Null if the target has no queue, or the lens does not see it. */
  readonly queue: QueueReading | null;
  /** Why figures above are null; one without an entry is one that the platform does not report. */
  readonly missing?: Readonly<Partial<Record<'gatewayThrottles' | 'storedOrders', string>>>;
  /** What the reader should know: what is counted too, what is missing and why; one line each. */
  readonly notes: readonly string[];
}

/** The result of a lens that saw nothing. It never fails a run. */
export interface PlatformBlind {
  readonly lens: LensName;
  /** One line. */
  readonly problem: string;
}

export type LensName = 'local' | 'aws';

/** The figures of a function. */
export type FunctionFigure =
  | 'invocations'
  | 'coldStarts'
  | 'throttles'
  | 'peakConcurrency'
  | 'busyMs'
  | 'billedMs'
  | 'billedGbSeconds';

export interface FunctionReading {
  /** With its alias, if it has one. */
  readonly name: string;
  /** Absent if not known. */
  readonly settings?: Pick<FunctionState, 'memoryMb' | 'architecture'>;
  /** The platform has neither a count nor a log line of it: it was not called, or there is no function of this name here. */
  readonly isSilent?: boolean;
  readonly invocations: number | null;
  readonly coldStarts: number | null;
  readonly throttles: number | null;
  /** By Lambda's own names; empty if the lens cannot distinguish them. */
  readonly throttlesByReason: Readonly<Record<string, number>>;
  /** Most environments in use at once. */
  readonly peakConcurrency: number | null;
  /** Environments × ms in use. */
  readonly busyMs: number | null;
  readonly billedMs: number | null;
  readonly billedGbSeconds: number | null;
  /** Why figures above are null; one without an entry is one that the platform does not report. */
  readonly missing?: Readonly<Partial<Record<FunctionFigure, string>>>;
  /** Sorted by time, without overlaps; gaps where nothing is known. */
  readonly gauges: readonly PlatformGauge[];
  /** Sorted by time; empty if nothing is known. */
  readonly memory: readonly MemoryGauge[];
}

/** The most memory that an environment had used when it ended an invocation in a stretch of time. */
export interface MemoryGauge {
  /** Epoch ms. */
  readonly startMs: number;
  readonly lengthMs: number;
  readonly maxUsedMb: number;
}

/** What the platform counted in a stretch of time. */
export interface PlatformGauge {
  /** Epoch ms. */
  readonly startMs: number;
  readonly lengthMs: number;
  /** Highest value in this stretch. */
  readonly concurrency: number | null;
  readonly coldStarts: number | null;
  readonly throttles: number | null;
}

/** The figures of a queue. */
export type QueueFigure =
  | 'sent'
  | 'redelivered'
  | 'batches'
  | 'batchFill'
  | 'waiting'
  | 'deadLetters';

export interface QueueReading {
  /** Messages that the API sent to the queue. */
  readonly sent: number | null;
  /** Deliveries of messages that had been delivered before. */
  readonly redelivered: number | null;
  /** Batches for which the writer was invoked. */
  readonly batches: number | null;
  /** Mean number of messages per batch divided by the batch size. */
  readonly batchFill: number | null;
  /** Messages in the queue at the end, including those in flight. */
  readonly waiting: number | null;
  /** Messages that the dead-letter queue gained. */
  readonly deadLetters: number | null;
  /** Why figures are null; one without an entry is one that the platform does not report. */
  readonly missing?: Readonly<Partial<Record<QueueFigure, string>>>;
  /** Lag of every order, from the queue's own time of sending to `storedAt`; null if not known. */
  readonly lagMs: LagStats | null;
}

/** Percentiles in ms (nearest rank). */
export interface LagStats {
  readonly count: number;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly max: number | null;
}
