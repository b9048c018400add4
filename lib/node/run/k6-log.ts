import { failureText } from '../../core/order/failure-text.ts';
import { groupDigits } from '../../core/report/format-figure.ts';
import type { ScenarioException } from '../../core/report/run-context.ts';
import { type FailureExample, parseFailureExample } from '../../core/telemetry/failure-example.ts';
import {
  EXCEPTION_PREFIX,
  FAILURE_PREFIX,
  HANDOVER_PREFIX,
} from '../../core/telemetry/metric-names.ts';
import { escapeText } from '../../core/text/escape-text.ts';
import { shownFailure } from './shown-failure.ts';

/** Most distinct exceptions that are kept: a script that throws a new text each time must not fill the memory. */
const MAX_EXCEPTIONS = 20;
const OTHER_EXCEPTIONS = 'other exceptions (see k6.log)';
/** Beyond this size, lines are counted but not written. */
const MAX_LOG_BYTES = 5_000_000;
/** Most texts that a scenario may pass on: a user's own must not fill the memory either. */
const MAX_HANDOVERS = 1000;
/** Most ways to fail for which an example is kept. */
const MAX_FAILURES = 100;
/** Lines written about failed requests for each cause; k6 logs one for every request. */
const MAX_OF_A_CAUSE = 10;
const MAX_CAUSES = 100;
const REQUEST_FAILED = 'Request Failed';

/**
 * What k6 logs when it gives up on a push after five seconds. Later pushes repeat its content, except for series that
 * have not changed since: an unresolved order can be lost without a trace.
 */
const FAILED_PUSH = 'Failed to send the time series data';

export interface K6Log {
  /** Takes one line of k6's standard error (JSON) or output (text) and returns the line to write, or null. */
  readonly line: (line: string) => string | null;
  readonly exceptions: () => readonly ScenarioException[];
  /** The last error other than an exception of the scenario, such as a bad option; or null. */
  readonly lastError: () => string | null;
  /** Why figures may be missing, in plain words. */
  readonly telemetryFaults: () => readonly string[];
  /** What the scenario passed on through its console, redacted; it is not in the log. */
  readonly handedOver: () => readonly string[];
  /** A redacted example of each way to fail. */
  readonly failures: () => readonly FailureExample[];
  /** A line for each cause of failed requests that was logged more often than written. */
  readonly repeated: () => readonly string[];
  readonly suppressedLines: () => number;
}

interface LogEntry {
  readonly level?: string;
  readonly msg?: string;
  readonly source?: string;
  readonly time?: string;
  /** The cause of a failed request. */
  readonly error?: string;
}

/** Turns the log of one k6 process into plain lines of bounded size, and counts the scenario's exceptions. */
export function createK6Log(redact: (text: string) => string): K6Log {
  const exceptions = new Map<string, number>();
  const handedOver: string[] = [];
  const failures = new Map<string, FailureExample>();
  const causes = new Map<string, number>();
  let lastError: string | null = null;
  let failedPushes = 0;
  let bytes = 0;
  let suppressed = 0;

  const countException = (message: string): void => {
    const isKept = exceptions.has(message) || exceptions.size < MAX_EXCEPTIONS - 1;
    const key = isKept ? message : OTHER_EXCEPTIONS;
    exceptions.set(key, (exceptions.get(key) ?? 0) + 1);
  };

  /** Null if another VU has reported the same already. */
  const keepFailure = (text: string): FailureExample | null => {
    const example = parseFailureExample(text);
    if (example === null || failures.size >= MAX_FAILURES) return null;
    const { outcome, status, error, arm } = example;
    const key = JSON.stringify([outcome, status, error, arm]);
    if (failures.has(key)) return null;
    const shown = shownFailure(example, redact);
    failures.set(key, shown);
    return shown;
  };

  /** Whether a failed request with this cause has been logged often enough. */
  const isRepeated = (text: string): boolean => {
    const cause = failureText(text.slice(text.indexOf(REQUEST_FAILED) + REQUEST_FAILED.length + 2));
    const key = causes.has(cause) || causes.size < MAX_CAUSES ? cause : 'other causes';
    const count = (causes.get(key) ?? 0) + 1;
    causes.set(key, count);
    return count > MAX_OF_A_CAUSE;
  };

  return {
    line(rawLine) {
      const entry = parseEntry(rawLine);
      if (entry?.source === 'console' && entry.msg?.startsWith(HANDOVER_PREFIX)) {
        if (handedOver.length < MAX_HANDOVERS) {
          handedOver.push(redact(entry.msg.slice(HANDOVER_PREFIX.length)));
        }
        return null;
      }
      if (entry?.source === 'console' && entry.msg?.startsWith(FAILURE_PREFIX)) {
        const example = keepFailure(entry.msg.slice(FAILURE_PREFIX.length));
        return example === null ? null : `${entry.time ?? ''} ${failureLine(example)}`.trim();
      }
      const text = redact(entry === null ? rawLine : plainLine(entry));
      if (entry?.msg === REQUEST_FAILED && isRepeated(text)) return null;
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
    failures: () => [...failures.values()],
    repeated: () =>
      [...causes].flatMap(([cause, count]) =>
        count <= MAX_OF_A_CAUSE
          ? []
          : [
              `… ${REQUEST_FAILED}: ${cause}: ${groupDigits(count)} in all, ${MAX_OF_A_CAUSE} shown`,
            ],
      ),
    suppressedLines: () => suppressed,
  };
}

function plainLine({ time = '', level = '', msg = '', error }: LogEntry): string {
  const cause = typeof error === 'string' ? `: ${escapeText(error)}` : '';
  return `${time} ${level} ${msg}${cause}`.trim();
}

function failureLine({ outcome, status, words, headers, body, bodyCharacters }: FailureExample) {
  if (status === 0) return `first ${outcome}: ${words}`;
  const named = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return `first ${outcome} with status ${status}: ${[...named, `${bodyCharacters} characters: ${body}`].join('; ')}`;
}

/** What the scenario threw: k6 reports it if it ended an iteration, otherwise the scenario itself. */
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
