import type { TimedReport } from '../../lambda/platform-control.ts';
import type { Report } from '../../report/schema/report-schema.ts';
import { peakConcurrency } from './peak-concurrency.ts';
import type { PowerMeasurement } from './power-cell.ts';

/** Lambda drops no report, but a log may lose lines, and not every response is seen; fewer than this share is a hole. */
const LEAST_REPORTED = 0.98;

export interface MeasuredLoad {
  readonly report: Report;
  /** Path of its report.json, from the folder of the sweep. */
  readonly path: string;
  /** Lambda's reports of the span, of this size alone. */
  readonly reports: readonly TimedReport[];
}

/** What a load run and Lambda's reports of its span say about a size. */
export function powerLoadMeasurement({ report, path, reports }: MeasuredLoad): PowerMeasurement {
  const { run, requests, latencyMs } = report;
  return {
    reports,
    failedCalls: 0,
    failure: null,
    load: {
      report: path,
      verdict: run.verdict,
      reason: run.reasons[0] ?? null,
      offered: requests.offered,
      successRatio: requests.successRatio,
      p95Ms: latencyMs.success.p95,
      p99Ms: latencyMs.success.p99,
      peakConcurrency: peakConcurrency(reports),
    },
    problem: problemOf(report, reports.length),
  };
}

function problemOf({ run, requests, warmup }: Report, reported: number): string | null {
  if (run.verdict === 'invalid') return `the run was INVALID: ${run.reasons[0] ?? 'no reason'}`;
  const stored = [requests.outcomes, warmup.outcomes].reduce(
    (sum, { created, duplicate }) => sum + created + duplicate,
    0,
  );
  if (reported >= stored * LEAST_REPORTED) return null;
  return `Lambda's log has ${reported} reports of this size for ${stored} stored orders`;
}
