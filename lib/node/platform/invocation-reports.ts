import {
  type CloudWatchLogsClient,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import { parseFunctionName } from '../../core/lambda/function-name.ts';
import { isStreamOf, parseLogStream } from '../../core/lambda/log-stream.ts';
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

/** The log of a function, and which part of it counts. */
export interface FunctionLog {
  readonly logGroup: string;
  /** `NAME` or `NAME:ALIAS`; lines of other functions in the same log group do not count. */
  readonly functionName: string;
  /** The only version whose lines count; null for all. */
  readonly version: string | null;
}

const SECOND_MS = 1000;
/** Matches both of Lambda's log formats. */
const FILTER = '?"REPORT RequestId" ?"platform.report"';
/** Pages of 10,000 events or 1 MB, at five requests per second: more than half a million invocations. */
const MAX_PAGES = 200;

/**
 * Lambda's reports on invocations of a function, during a span of time without its end; not sorted.
 *
 * @throws Error if there is more than can be read in a few minutes.
 */
export async function* readReportLines(
  client: CloudWatchLogsClient,
  { logGroup, functionName, version }: FunctionLog,
  { fromMs, toMs }: Span,
): AsyncGenerator<TimedReport> {
  const name = parseFunctionName(functionName);
  const pages = paginateFilterLogEvents(
    { client },
    {
      logGroupName: logGroup,
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
    for (const { message, timestamp, logStreamName } of page.events ?? []) {
      if (!isStreamOf(parseLogStream(logStreamName ?? ''), name, version)) continue;
      const report = parseReportLine((message ?? '').trimEnd());
      if (report !== null) yield { ...report, atMs: timestamp ?? fromMs };
    }
  }
}

/**
 * Adds up what Lambda wrote into a function's log during a span of time.
 *
 * @throws Error if there is more than can be read in a few minutes.
 */
export async function readInvocationReports(
  client: CloudWatchLogsClient,
  log: FunctionLog,
  { fromMs, toMs }: Span,
): Promise<ReportTotals> {
  const totals = { lines: 0, coldStarts: 0, busyMs: 0, billedMs: 0, billedGbSeconds: 0 };
  const coldStartsByMinute = new Map<number, number>();
  const memoryBySecond = new Map<number, number>();
  for await (const report of readReportLines(client, log, wholeMinutes({ fromMs, toMs }))) {
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
