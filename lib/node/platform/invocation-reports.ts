import {
  type CloudWatchLogsClient,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import { parseReportLine } from '../../core/lambda/parse-report-line.ts';
import type { TimedReport } from '../../core/lambda/platform-control.ts';
import type { MemoryGauge } from '../../core/lambda/platform-reading.ts';
import { MINUTE_MS, type Span, wholeMinutes } from './lambda-metrics.ts';

/** The REPORT lines of a function in a span of time, added up. */
export interface ReportTotals {
  /** All lines in the whole minutes that the span touches, as in the metrics; the other fields cover only the span. */
  readonly lines: number;
  readonly coldStarts: number;
  /** Billed time of handler and INIT. */
  readonly busyMs: number;
  readonly billedMs: number;
  readonly billedGbSeconds: number;
  /** Keyed by the start of the minute, epoch ms. */
  readonly coldStartsByMinute: ReadonlyMap<number, number>;
  /** Keyed by the second. */
  readonly memory: readonly MemoryGauge[];
}

const SECOND_MS = 1000;
/** Matches both of Lambda's log formats. */
const FILTER = '?"REPORT RequestId" ?"platform.report"';
/** Pages of 10,000 events or 1 MB, at five requests per second: more than half a million invocations. */
const MAX_PAGES = 200;

/**
 * Lambda's reports on invocations in a log group, during a span of time without its end; not sorted.
 *
 * @throws Error if there is more than can be read in a few minutes.
 */
export async function* readReportLines(
  client: CloudWatchLogsClient,
  logGroupName: string,
  { fromMs, toMs }: Span,
): AsyncGenerator<TimedReport> {
  const pages = paginateFilterLogEvents(
    { client },
    {
      logGroupName,
      filterPattern: FILTER,
      startTime: fromMs,
      // The end is included.
      endTime: toMs - 1,
    },
  );
  let read = 0;
  for await (const page of pages) {
    read += 1;
    if (read > MAX_PAGES) throw new Error(`it has more than ${MAX_PAGES} pages of REPORT lines`);
    for (const { message, timestamp } of page.events ?? []) {
      const report = parseReportLine((message ?? '').trimEnd());
      if (report !== null) yield { ...report, atMs: timestamp ?? fromMs };
    }
  }
}

/**
 * Adds up what Lambda wrote into a log group during a span of time.
 *
 * @throws Error if there is more than can be read in a few minutes.
 */
export async function readInvocationReports(
  client: CloudWatchLogsClient,
  logGroupName: string,
  { fromMs, toMs }: Span,
): Promise<ReportTotals> {
  const totals = { lines: 0, coldStarts: 0, busyMs: 0, billedMs: 0, billedGbSeconds: 0 };
  const coldStartsByMinute = new Map<number, number>();
  const memoryBySecond = new Map<number, number>();
  for await (const report of readReportLines(
    client,
    logGroupName,
    wholeMinutes({ fromMs, toMs }),
  )) {
    totals.lines += 1;
    const { atMs } = report;
    if (atMs < fromMs || atMs > toMs) continue;
    const secondMs = Math.floor(atMs / SECOND_MS) * SECOND_MS;
    const usedMb = Math.max(memoryBySecond.get(secondMs) ?? 0, report.maxMemoryUsedMb);
    memoryBySecond.set(secondMs, usedMb);
    totals.busyMs += report.durationMs + (report.initMs ?? 0);
    totals.billedMs += report.billedMs;
    totals.billedGbSeconds += (report.billedMs / 1000) * (report.memorySizeMb / 1024);
    if (report.initMs === null) continue;
    totals.coldStarts += 1;
    const minuteMs = Math.floor(atMs / MINUTE_MS) * MINUTE_MS;
    coldStartsByMinute.set(minuteMs, (coldStartsByMinute.get(minuteMs) ?? 0) + 1);
  }
  const memory = [...memoryBySecond]
    .sort(([a], [b]) => a - b)
    .map(([startMs, maxUsedMb]) => ({ startMs, lengthMs: SECOND_MS, maxUsedMb }));
  return { ...totals, coldStartsByMinute, memory };
}
