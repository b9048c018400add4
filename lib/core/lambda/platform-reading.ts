/** What a platform itself counted over a run. Null is what it does not tell; zero is a count. */
export interface PlatformReading {
  readonly lens: LensName;
  /** Where the figures come from, in words. */
  readonly source: string;
  /** The function that took the orders comes first. */
  readonly functions: readonly [FunctionReading, ...FunctionReading[]];
  /** Requests that the gateway refused before any function. */
  readonly gatewayThrottles: number | null;
  /** Orders that the table gained. */
  readonly storedOrders: number | null;
  /** Null where the target has no queue, or the lens does not see it. */
  readonly queue: QueueReading | null;
  /** What is missing and why, one line each. */
  readonly notes: readonly string[];
}

/** A lens that saw nothing. It never fails a run. */
export interface PlatformBlind {
  readonly lens: LensName;
  /** One line. */
  readonly problem: string;
}

export type LensName = 'local' | 'aws';

export interface FunctionReading {
  readonly name: string;
  readonly invocations: number | null;
  readonly coldStarts: number | null;
  readonly throttles: number | null;
  /** By Lambda's own names; empty where the lens does not tell them apart. */
  readonly throttlesByReason: Readonly<Record<string, number>>;
  /** Most environments in use at once. */
  readonly peakConcurrency: number | null;
  /** Environments × ms in use. */
  readonly busyMs: number | null;
  readonly billedMs: number | null;
  readonly billedGbSeconds: number | null;
  /** In order of time, without overlaps; gaps where nothing is known. */
  readonly gauges: readonly PlatformGauge[];
  /** In order of time; empty if nothing is known. */
  readonly memory: readonly MemoryGauge[];
}

/** The most memory that an environment had used when it ended an invocation in a stretch of time. */
export interface MemoryGauge {
  /** Epoch ms. */
  readonly startMs: number;
  readonly lengthMs: number;
  readonly maxUsedMb: number;
}

/** A stretch of time as the platform saw it. */
export interface PlatformGauge {
  /** Epoch ms. */
  readonly startMs: number;
  readonly lengthMs: number;
  /** Highest in it. */
  readonly concurrency: number | null;
  readonly coldStarts: number | null;
  readonly throttles: number | null;
}

export interface QueueReading {
  /** Messages that the API put in. */
  readonly sent: number | null;
  /** Deliveries of messages that had been delivered before. */
  readonly redelivered: number | null;
  /** Batches for which the writer was invoked. */
  readonly batches: number | null;
  /** Mean messages of a batch over the batch size. */
  readonly batchFill: number | null;
  /** Messages in the queue at the end, those in flight included. */
  readonly waiting: number | null;
  /** Messages that the dead-letter queue gained. */
  readonly deadLetters: number | null;
  /** Of every order, from the queue's own time of sending to `storedAt`; null where it is not known. */
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
