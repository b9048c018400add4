import type { ScenarioException } from '../../core/report/run-context.ts';
import { EXCEPTION_PREFIX, HANDOVER_PREFIX } from '../../core/telemetry/metric-names.ts';

/** Distinct exceptions that are kept; a script that throws a new text each time must not fill the memory. */
const MAX_EXCEPTIONS = 20;
const OTHER_EXCEPTIONS = 'other exceptions (see k6.log)';
/** Size past which lines are counted and no longer written. */
const MAX_LOG_BYTES = 5_000_000;
/** Texts that a scenario may hand over; a scenario of the user's own must not fill the memory either. */
const MAX_HANDOVERS = 1000;

/**
 * What k6 logs when it gives up on a push after five seconds. Later pushes repeat what it held, except
 * for series that had nothing new to say: an unresolved order can be lost without a trace.
 */
const FAILED_PUSH = 'Failed to send the time series data';

export interface K6Log {
  /** Takes one line of k6's standard error (JSON) or output (text) and returns what to write, or null. */
  readonly line: (line: string) => string | null;
  readonly exceptions: () => readonly ScenarioException[];
  /** The last error that was not an exception of the scenario, such as a bad option; or null. */
  readonly lastError: () => string | null;
  /** Why figures that k6 sent may be missing, in plain words. */
  readonly telemetryFaults: () => readonly string[];
  /** What the scenario handed over on its console, redacted; it is in no log. */
  readonly handedOver: () => readonly string[];
  readonly suppressedLines: () => number;
}

interface LogEntry {
  readonly level?: string;
  readonly msg?: string;
  readonly source?: string;
  readonly time?: string;
}

/** Reads the log of one k6 process: turns it into plain lines, bounded, and counts the scenario's exceptions. */
export function createK6Log(redact: (text: string) => string): K6Log {
  const exceptions = new Map<string, number>();
  const handedOver: string[] = [];
  let lastError: string | null = null;
  let failedPushes = 0;
  let bytes = 0;
  let suppressed = 0;

  const countException = (message: string): void => {
    const isKept = exceptions.has(message) || exceptions.size < MAX_EXCEPTIONS - 1;
    const key = isKept ? message : OTHER_EXCEPTIONS;
    exceptions.set(key, (exceptions.get(key) ?? 0) + 1);
  };

  return {
    line(raw) {
      const entry = parseEntry(raw);
      if (entry?.source === 'console' && entry.msg?.startsWith(HANDOVER_PREFIX)) {
        if (handedOver.length < MAX_HANDOVERS) {
          handedOver.push(redact(entry.msg.slice(HANDOVER_PREFIX.length)));
        }
        return null;
      }
      const text = redact(
        entry === null ? raw : `${entry.time ?? ''} ${entry.level ?? ''} ${entry.msg ?? ''}`.trim(),
      );
      const exception = exceptionOf(entry);
      if (exception !== null) countException(redact(exception).trim());
      else if (entry?.level === 'error' || entry?.level === 'fatal') {
        lastError = redact(entry.msg ?? '').trim();
        if (lastError.startsWith(FAILED_PUSH)) failedPushes += 1;
      }
      bytes += text.length + 1;
      if (bytes > MAX_LOG_BYTES) {
        suppressed += 1;
        return null;
      }
      return text;
    },
    exceptions: () => [...exceptions].map(([message, count]) => ({ message, count })),
    lastError: () => lastError,
    telemetryFaults: () =>
      failedPushes === 0
        ? []
        : [
            `k6 could not deliver ${failedPushes} of its pushes (see k6.log), so orders may be missing.`,
          ],
    handedOver: () => handedOver,
    suppressedLines: () => suppressed,
  };
}

/** What the scenario threw: told by k6 where it ended an iteration, else by the scenario itself. */
function exceptionOf(entry: LogEntry | null): string | null {
  const { source, msg = '' } = entry ?? {};
  if (source === 'stacktrace') return msg;
  const isReported = source === 'console' && msg.startsWith(EXCEPTION_PREFIX);
  return isReported ? msg.slice(EXCEPTION_PREFIX.length) : null;
}

function parseEntry(raw: string): LogEntry | null {
  if (!raw.startsWith('{')) return null;
  try {
    return JSON.parse(raw) as LogEntry;
  } catch {
    return null;
  }
}
