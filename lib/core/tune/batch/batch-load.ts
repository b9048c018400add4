import type { Architecture, TimedReport } from '../../lambda/platform-control.ts';
import { formatCount, formatMs, formatUnitCost, groupDigits } from '../../report/format-figure.ts';
import { servedOf } from '../../report/outcome-counts.ts';
import type { Report } from '../../report/schema/report-schema.ts';
import type { BatchCondition, BatchMeasurement } from './batch-cell.ts';
import { batchCost, totalOf } from './batch-cost.ts';

/** Calls of the queue and use of the table during a run. */
export type QueueUse = Pick<
  BatchMeasurement,
  'receiveCalls' | 'deleteCalls' | 'writeCalls' | 'writeUnits' | 'readUnits'
>;

export const UNKNOWN_USE: QueueUse = {
  receiveCalls: null,
  deleteCalls: null,
  writeCalls: null,
  writeUnits: null,
  readUnits: null,
};

/** The part of the answer of a batch run that a sweep reads. */
export interface CountedByPlatform {
  readonly redelivered: number | null;
  readonly deadLetters: number | null;
  readonly lost: number | null;
}

export interface MeasuredBatches {
  readonly condition: BatchCondition;
  readonly report: Report;
  readonly counted: CountedByPlatform;
  /** Path of its report.json, from the folder of the sweep. */
  readonly path: string;
  /** Lambda's reports of the function that writes orders, in the time of the run. */
  readonly reports: readonly TimedReport[];
  readonly use: QueueUse;
}

/** What a load run, Lambda's reports and the queue's counters say about a cell. */
export function batchMeasurement(measured: MeasuredBatches): BatchMeasurement {
  const { condition, report, counted, path, reports, use } = measured;
  const { run, requests, warmup, queue } = report;
  const accepted = servedOf(requests.outcomes) + servedOf(warmup.outcomes);
  const sample = queue?.sample;
  const lagMs = condition === 'quiet' ? sample?.lagMs : sample?.underLoadLagMs;
  return {
    report: path,
    verdict: run.verdict,
    reason: run.reasons[0] ?? null,
    accepted,
    lagMs: lagMs ?? null,
    ...writerUse(reports),
    ...counted,
    ...use,
    failure: null,
    problem:
      run.verdict === 'invalid'
        ? `the run was INVALID: ${run.reasons[0] ?? 'no reason'}`
        : accepted === 0
          ? 'no order was accepted'
          : null,
  };
}

/**
 * The use of the writer as if no invocation had been a cold start, because the sweep's own changes and pauses cause them:
 * each counts as the mean of the warm ones. Null without reports.
 */
export function writerUse(
  reports: readonly TimedReport[],
): Pick<BatchMeasurement, 'invocations' | 'billedMs' | 'billedGbSeconds'> {
  if (reports.length === 0) return { invocations: null, billedMs: null, billedGbSeconds: null };
  const warm = reports.filter(({ initMs }) => initMs === null);
  const counting = warm.length > 0 ? warm : reports;
  const perCounting = reports.length / counting.length;
  const sum = (of: (report: TimedReport) => number) =>
    counting.reduce((total, report) => total + of(report), 0) * perCounting;
  return {
    invocations: reports.length,
    billedMs: sum(({ billedMs }) => billedMs),
    billedGbSeconds: sum(({ billedMs, memorySizeMb }) => (billedMs / 1000) * (memorySizeMb / 1024)),
  };
}

/** What a round measured of a cell, in one line, for someone who watches the sweep. */
export function batchRoundFigures(
  measurement: BatchMeasurement,
  condition: BatchCondition,
  architecture: Architecture,
): string {
  const { failure, problem, lagMs, accepted, invocations, redelivered, deadLetters } = measurement;
  if (failure !== null) return failure;
  if (problem !== null) return problem;
  const cost = batchCost(measurement, architecture);
  return [
    `p50 of the lag ${formatMs(lagMs?.p50 ?? null)}, p95 ${formatMs(lagMs?.p95 ?? null)}`,
    ...(condition === 'quiet' || invocations === null
      ? []
      : [
          `${groupDigits(Math.round((1000 * invocations) / accepted))} invocations for 1,000 orders`,
        ]),
    ...(condition === 'load' && cost !== null
      ? [`${formatUnitCost(totalOf(cost))} for a million orders`]
      : []),
    ...(condition === 'poison' && redelivered !== null
      ? [`${redelivered} delivered again, ${formatCount(deadLetters ?? 0, 'dead letter')}`]
      : []),
  ].join(', ');
}
