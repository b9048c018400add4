import type { DirectInvocation, TimedReport } from '../../lambda/platform-control.ts';
import type { PowerMeasurement } from './power-cell.ts';

export interface TimedInvocation extends DirectInvocation {
  /** When the call ended, epoch ms. */
  readonly atMs: number;
}

/** What direct calls of a function say about a size. */
export function directCallsMeasurement(calls: readonly TimedInvocation[]): PowerMeasurement {
  const reports = calls.flatMap(({ kind, report, atMs }): readonly TimedReport[] => {
    if (report === null) return [];
    // The text format of a log has no status for an error that the handler threw.
    const status = kind === 'failed' ? (report.status ?? 'error') : report.status;
    return [{ ...report, status, atMs }];
  });
  const failed = calls.filter(({ kind }) => kind !== 'answered');
  const answered = calls.length - failed.length;
  const silent = calls.filter(({ kind, report }) => kind === 'answered' && report === null).length;
  return {
    reports,
    failedCalls: failed.length,
    failure: answered === 0 ? `every call failed: ${failed[0]?.problem ?? 'no reason'}` : null,
    load: null,
    problem: silent > 0 && silent === answered ? "no answer carried Lambda's report" : null,
  };
}
