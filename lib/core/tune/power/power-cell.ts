import type { Architecture, TimedReport } from '../../lambda/platform-control.ts';

/** One setting of a power sweep. */
export interface PowerCell {
  readonly memoryMb: number;
  readonly architecture: Architecture;
}

/** What one round measured of one size. */
export interface PowerMeasurement {
  /** Lambda's report of each invocation. That of a failed one has a status other than `success`. */
  readonly reports: readonly TimedReport[];
  /** Calls that failed or were throttled, in a sweep by direct invocation. */
  readonly failedCalls: number;
  /** One line if the size cannot serve at all, such as "Lambda refused 10,240 MB: …"; else null. */
  readonly failure: string | null;
  /** What the client saw; null in a sweep by direct invocation. */
  readonly load: PowerLoad | null;
  /** One line if this round says nothing about the size, such as "the run was INVALID: …"; else null. */
  readonly problem: string | null;
}

/** The load run of one round, as its report has it. */
export interface PowerLoad {
  /** Path of its report.json, from the folder of the sweep. */
  readonly report: string;
  readonly verdict: 'pass' | 'fail' | 'invalid';
  /** The first reason of the verdict, or null. */
  readonly reason: string | null;
  readonly offered: number;
  readonly successRatio: number | null;
  /** Latency that the SLO is judged on. */
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  readonly peakConcurrency: number | null;
}
