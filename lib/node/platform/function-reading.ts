import type { FunctionFigure, FunctionReading } from '../../core/lambda/platform-reading.ts';
import type { FunctionConfiguration } from './function-configuration.ts';
import type { ReportTotals } from './invocation-reports.ts';
import type { FunctionMetrics } from './lambda-metrics.ts';

/** What a log has of a run, or why it cannot be read. */
export type ReadLog = ReportTotals | { readonly problem: string };

type Missing = NonNullable<FunctionReading['missing']>;

/**
 * A function as its metrics and its log have it. A metric without data is not known: Lambda sends none for a function
 * that was not called, and CloudWatch has none of one that does not exist. REPORT lines are exact only if complete: if
 * some are missing, their sums are too low.
 */
export function functionReading(
  name: string,
  configuration: FunctionConfiguration | null,
  { invocations, throttles, gauges }: FunctionMetrics,
  log: ReadLog,
): FunctionReading {
  const levels = gauges.flatMap(({ concurrency }) => concurrency ?? []);
  const unsummed = whyNotSummed(name, invocations, log);
  const reports = unsummed === null && !('problem' in log) ? log : null;
  const noData = (metric: string) =>
    `CloudWatch has no data of ${metric} for ${name} in the minutes of the run`;
  return {
    name,
    ...(configuration && {
      settings: { memoryMb: configuration.memoryMb, architecture: configuration.architecture },
    }),
    ...(!invocations && !throttles && lines(log) === 0 && { isSilent: true }),
    invocations,
    throttles,
    throttlesByReason: {},
    coldStarts: reports?.coldStarts ?? null,
    peakConcurrency: levels.length === 0 ? null : Math.max(...levels),
    busyMs: reports?.busyMs ?? null,
    billedMs: reports?.billedMs ?? null,
    billedGbSeconds: reports?.billedGbSeconds ?? null,
    missing: {
      ...(invocations === null && { invocations: noData('Invocations') }),
      ...(throttles === null && { throttles: noData('Throttles') }),
      ...(levels.length === 0 && { peakConcurrency: noData('ConcurrentExecutions') }),
      ...(unsummed !== null && missingSums(unsummed)),
    },
    memory: reports?.memory ?? [],
    gauges: gauges.map((gauge) => ({
      ...gauge,
      coldStarts: reports === null ? null : (reports.coldStartsByMinute.get(gauge.startMs) ?? 0),
    })),
  };
}

/** Why the REPORT lines of a log say nothing about the run, or null if they are all there. */
function whyNotSummed(name: string, invocations: number | null, log: ReadLog): string | null {
  if ('problem' in log) return `the log of ${name} cannot be read: ${log.problem}`;
  if (invocations === null) {
    return `CloudWatch counted no invocations of ${name}, so nothing says whether the ${log.lines} REPORT lines in its log are all of them`;
  }
  if (log.lines >= invocations) return null;
  return `the log of ${name} has ${log.lines} REPORT lines for ${invocations} invocations, so cold starts, billed time and memory are not known`;
}

function missingSums(why: string): Missing {
  const figures: readonly FunctionFigure[] = [
    'coldStarts',
    'busyMs',
    'billedMs',
    'billedGbSeconds',
  ];
  return Object.fromEntries(figures.map((figure) => [figure, why]));
}

/** A log that cannot be read has no lines. */
function lines(log: ReadLog): number {
  return 'problem' in log ? 0 : log.lines;
}
