import type { LogFormat } from '../config/options/start-options.ts';
import type { InvocationRecord } from '../lambda/invocation-record.ts';

/**
 * Returns the lines that Lambda itself logs for an invocation, around the lines that the function logged: START, END
 * and REPORT, or `platform.start` and `platform.report`
 * (docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat). The runtime's version (INIT_START) and
 * trace ids are left out, because no reader of figures needs them.
 */
export function renderInvocationLines(
  record: InvocationRecord,
  format: LogFormat,
  functionLines: readonly string[],
): readonly string[] {
  return format === 'text' ? textLines(record, functionLines) : jsonLines(record, functionLines);
}

function textLines(record: InvocationRecord, functionLines: readonly string[]): string[] {
  const { requestId, status } = record;
  const lines = [`START RequestId: ${requestId} Version: $LATEST`, ...functionLines];
  if (status === 'timeout') {
    const seconds = (record.durationMs / 1000).toFixed(2);
    lines.push(`${isoTime(record.endedAtMs)} ${requestId} Task timed out after ${seconds} seconds`);
  }
  lines.push(`END RequestId: ${requestId}`, renderReportLine(record));
  return lines;
}

/** Lambda's report on an invocation, in the text format. The trailing tab is Lambda's own. As on AWS, an error that the handler threw does not show up here. */
export function renderReportLine(record: InvocationRecord): string {
  const fields = [
    `REPORT RequestId: ${record.requestId}`,
    `Duration: ${record.durationMs.toFixed(2)} ms`,
    `Billed Duration: ${record.billedMs} ms`,
    `Memory Size: ${record.memorySizeMb} MB`,
    `Max Memory Used: ${record.maxMemoryUsedMb} MB`,
  ];
  if (record.initMs !== null) fields.push(`Init Duration: ${record.initMs.toFixed(2)} ms`);
  fields.push(record.status === 'timeout' ? 'Status: timeout' : '');
  return fields.join('\t');
}

function jsonLines(record: InvocationRecord, functionLines: readonly string[]): string[] {
  const { requestId, endedAtMs, durationMs, initMs, status } = record;
  const start = {
    time: isoTime(endedAtMs - durationMs),
    type: 'platform.start',
    record: { requestId, version: '$LATEST' },
  };
  const report = {
    time: isoTime(endedAtMs),
    type: 'platform.report',
    record: {
      requestId,
      metrics: {
        durationMs: threeDigits(durationMs),
        billedDurationMs: record.billedMs,
        memorySizeMB: record.memorySizeMb,
        maxMemoryUsedMB: record.maxMemoryUsedMb,
        ...(initMs !== null && { initDurationMs: threeDigits(initMs) }),
      },
      status,
    },
  };
  return [JSON.stringify(start), ...functionLines, JSON.stringify(report)];
}

function isoTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

function threeDigits(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
