import * as z from 'zod';

const nullableCount = z.number().nonnegative().nullable();
const nullableMs = z.number().nonnegative().nullable();

/** One setting of a batch sweep. */
export interface BatchCell {
  readonly batchSize: number;
  readonly windowSeconds: number;
}

const batchCondition = z.enum(['load', 'poison', 'quiet']);

/** The kinds of load under which a cell is measured: the planned one; the same with one message that never succeeds; hardly any. */
export type BatchCondition = z.infer<typeof batchCondition>;

/** A cell under one of its conditions. Parses what a sweep stored. */
export const batchTrialSchema = z.object({
  batchSize: z.int().positive(),
  windowSeconds: z.int().nonnegative(),
  condition: batchCondition,
});

export type BatchTrial = Readonly<z.infer<typeof batchTrialSchema>>;

/** Parses what a sweep stored. */
export const batchMeasurementSchema = z.object({
  /** Path of the run's report.json, from the folder of the sweep; null if there was no run. */
  report: z.string().nullable(),
  verdict: z.enum(['pass', 'fail', 'invalid']).nullable(),
  reason: z.string().nullable(),
  /** Orders that were accepted (202). */
  accepted: z.int().nonnegative(),
  /**
   * Lag of the sampled orders, timed at the client. Under load, of those accepted in the middle half of it: earlier ones
   * may wait for cold starts, and later ones for orders that no longer come. A percentile is null if so many were not
   * stored.
   */
  lagMs: z
    .object({
      count: z.int().nonnegative(),
      p50: nullableMs,
      p95: nullableMs,
      p99: nullableMs,
      max: nullableMs,
    })
    .nullable(),
  /** Invocations of the function that writes orders, and their billed time, INIT included. */
  invocations: nullableCount,
  billedMs: nullableMs,
  billedGbSeconds: nullableCount,
  redelivered: nullableCount,
  deadLetters: nullableCount,
  lost: nullableCount,
  /** ReceiveMessage and DeleteMessageBatch calls of the mapping, those that returned nothing included. */
  receiveCalls: nullableCount,
  deleteCalls: nullableCount,
  /** Calls that write to the table, and the write and read units that the writer consumes. */
  writeCalls: nullableCount,
  writeUnits: nullableCount,
  readUnits: nullableCount,
  /** One line if the cell cannot be set or does not work, such as "Lambda refuses …"; else null. */
  failure: z.string().nullable(),
  /** One line if this round says nothing about the cell; else null. */
  problem: z.string().nullable(),
});

/** What one round measured of one cell under one condition. Null is unknown. */
export type BatchMeasurement = Readonly<z.infer<typeof batchMeasurementSchema>>;
