import * as z from 'zod';
import type { Architecture } from '../../lambda/platform-control.ts';

/** One setting of a power sweep. */
export interface PowerCell {
  readonly memoryMb: number;
  readonly architecture: Architecture;
}

const timedReportSchema = z.object({
  atMs: z.number(),
  requestId: z.string(),
  durationMs: z.number(),
  billedMs: z.number(),
  initMs: z.number().nullable(),
  memorySizeMb: z.number(),
  maxMemoryUsedMb: z.number(),
  status: z.string().nullable(),
});

/** The load run of one round, as its report has it. */
const powerLoadSchema = z
  .object({
    /** Path of its report.json, from the folder of the sweep. */
    report: z.string(),
    verdict: z.enum(['pass', 'fail', 'invalid']),
    /** The first reason of the verdict, or null. */
    reason: z.string().nullable(),
    offered: z.int().nonnegative(),
    successRatio: z.number().nullable(),
    /** Latency that the SLO is judged on. */
    p95Ms: z.number().nullable(),
    p99Ms: z.number().nullable(),
    peakConcurrency: z.number().nullable(),
  })
  .readonly();

/** Parses what a sweep stored. */
export const powerMeasurementSchema = z
  .object({
    /** Lambda's report of each invocation. That of a failed one has a status other than `success`. */
    reports: z.array(timedReportSchema.readonly()).readonly(),
    /** Calls that failed or were throttled, in a sweep by direct invocation. */
    failedCalls: z.int().nonnegative(),
    /** One line if the size cannot serve at all, such as "Lambda refused 10,240 MB: …"; else null. */
    failure: z.string().nullable(),
    /** What the client saw; null in a sweep by direct invocation. */
    load: powerLoadSchema.nullable(),
    /** One line if this round says nothing about the size, such as "the run was INVALID: …"; else null. */
    problem: z.string().nullable(),
  })
  .readonly();

/** What one round measured of one size. */
export type PowerMeasurement = z.infer<typeof powerMeasurementSchema>;
