/** One setting of a batch sweep. */
export interface BatchCell {
  readonly batchSize: number;
  readonly windowSeconds: number;
}

/** The kinds of load under which a cell is measured: the planned one; the same with one message that never succeeds; hardly any. */
export type BatchCondition = 'load' | 'poison' | 'quiet';

/** What one round measured of one cell under one condition. Null is unknown. */
export interface BatchMeasurement {
  /** Path of the run's report.json, from the folder of the sweep. */
  readonly report: string;
  readonly verdict: 'pass' | 'fail' | 'invalid';
  readonly reason: string | null;
  /** Orders that were accepted (202). */
  readonly accepted: number;
  readonly lagMs: {
    readonly count: number;
    readonly p50: number | null;
    readonly p95: number | null;
    readonly p99: number | null;
    readonly max: number | null;
  } | null;
  readonly drainMs: number | null;
  /** Invocations of the function that writes orders, and their billed time. */
  readonly invocations: number | null;
  readonly billedMs: number | null;
  readonly billedGbSeconds: number | null;
  readonly batchFill: number | null;
  readonly redelivered: number | null;
  readonly deadLetters: number | null;
  readonly lost: number | null;
  /** Calls that write to the table, and the write units they consume. */
  readonly writeCalls: number | null;
  readonly writeUnits: number | null;
  /** One line if this round says nothing about the cell; else null. */
  readonly problem: string | null;
}
