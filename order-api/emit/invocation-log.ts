import type { LogFormat } from '../config/options/start-options.ts';
import type { InvocationOutcome, OrderMetrics } from '../handlers/order-metrics.ts';
import type { InvocationListener, InvocationRecord } from '../lambda/invocation-record.ts';
import { renderEmf } from './emf.ts';
import { renderInvocationLines } from './invocation-lines.ts';

export interface InvocationLog {
  /** For the handlers of all environments; what they report is written with the record of the invocation. */
  readonly metrics: OrderMetrics;
  readonly onInvocation: InvocationListener;
}

export interface InvocationLogOptions {
  readonly format: LogFormat;
  /** Takes the lines of one invocation, each ending in a line break. */
  readonly write: (text: string) => void;
}

/**
 * Most reported ends that are kept without a record: a handler that still runs after its function timed out reports an
 * end that never gets a record.
 */
const MOST_UNCLAIMED = 10_000;

/**
 * Turns finished invocations into the lines that CloudWatch would have for them, including metrics. Durations come from
 * the platform model; on AWS the handler's own clock would measure them.
 */
export function createInvocationLog({ format, write }: InvocationLogOptions): InvocationLog {
  const ended = new Map<string, InvocationOutcome>();
  return {
    metrics: {
      started() {},
      ended({ awsRequestId }, outcome) {
        ended.set(awsRequestId, outcome);
        if (ended.size <= MOST_UNCLAIMED) return;
        const [oldest] = ended.keys();
        if (oldest !== undefined) ended.delete(oldest);
      },
    },
    onInvocation(record) {
      const outcome = ended.get(record.requestId);
      ended.delete(record.requestId);
      // The real handler is faster than the modelled one; on AWS it would not have finished.
      const finished = record.status === 'timeout' ? undefined : outcome;
      const lines = renderInvocationLines(record, format, metricLines(record, finished));
      write(`${lines.join('\n')}\n`);
    },
  };
}

function metricLines(record: InvocationRecord, outcome: InvocationOutcome | undefined): string[] {
  const { functionName, durationMs, endedAtMs: timestampMs } = record;
  const lines: string[] = [];
  if (record.initMs !== null && record.initializationType === 'on-demand') {
    const coldStart = { name: 'ColdStart', unit: 'Count', value: 1 } as const;
    lines.push(
      renderEmf({ functionName, timestampMs: timestampMs - durationMs, metrics: [coldStart] }),
    );
  }
  if (outcome === undefined) return lines;
  const success = {
    name: 'SuccessfulInvocations',
    unit: 'Count',
    value: 1,
    highResolution: true,
  } as const;
  const duration = {
    name: 'FunctionDuration',
    unit: 'Milliseconds',
    value: durationMs,
    highResolution: true,
  } as const;
  const metrics = outcome.successful ? [success, duration] : [duration];
  lines.push(renderEmf({ functionName, timestampMs, metrics }));
  return lines;
}
