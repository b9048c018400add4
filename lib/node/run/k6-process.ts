import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import type { K6Exit, ScenarioException } from '../../core/report/run-context.ts';
import type { FailureExample } from '../../core/telemetry/failure-example.ts';
import { startProcess } from '../process/start-process.ts';
import { createK6Log } from './k6-log.ts';

export interface K6ProcessOptions {
  readonly binary: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** File that takes k6's own output, redacted and bounded. */
  readonly logPath: string;
  readonly redact: (text: string) => string;
}

export interface K6Result extends K6Exit {
  readonly exceptions: readonly ScenarioException[];
  /** Why figures may be missing, in plain words. */
  readonly telemetryFaults: readonly string[];
  /** What the scenario passed on, redacted. */
  readonly handedOver: readonly string[];
  /** A redacted example of each way in which orders failed. */
  readonly failures: readonly FailureExample[];
  /** k6's last error that was not the scenario's, or null. */
  readonly lastError: string | null;
  /** What went wrong with writing the log, or null. */
  readonly logFault: string | null;
}

export interface K6Process {
  readonly pid: number;
  readonly done: Promise<K6Result>;
  /** The first SIGINT lets k6 stop on its own and flush; SIGKILL ends it at once. */
  readonly signal: (signal: 'SIGINT' | 'SIGKILL') => void;
}

/**
 * Starts k6 in its own process group: otherwise a Ctrl-C in the terminal would reach it twice, and its second interrupt
 * skips the final flush. Its output is a pipe to this process, so if this process is killed, SIGPIPE soon ends k6, too.
 *
 * @throws UserError E_K6_START if the binary cannot be started.
 */
export async function startK6(options: K6ProcessOptions): Promise<K6Process> {
  const { binary, args, env, logPath, redact } = options;
  const log = createK6Log(redact);
  const file = openLog(logPath);
  const k6 = startProcess({
    file: binary,
    args,
    env,
    ownGroup: true,
    onLine: (raw) => {
      const line = log.line(raw);
      if (line !== null) file.write(line);
    },
  });
  if (k6.pid === undefined) {
    const { error } = await k6.ended;
    await file.close([]);
    const message = `cannot start k6 at ${binary}: ${error?.message}; run \`npm run doctor\``;
    throw new UserError('E_K6_START', message, EXIT.environment);
  }
  const lastLines = (): readonly string[] => {
    const count = log.suppressedLines();
    return [...log.repeated(), ...(count > 0 ? [`… and ${count} more lines`] : [])];
  };
  const done = k6.ended.then(async ({ exitCode, signal }) => ({
    exitCode,
    signal,
    logFault: await file.close(lastLines()),
    exceptions: log.exceptions(),
    handedOver: log.handedOver(),
    failures: log.failures(),
    lastError: log.lastError(),
    telemetryFaults: log.telemetryFaults(),
  }));
  return { pid: k6.pid, done, signal: k6.signal };
}

interface LogFile {
  readonly write: (line: string) => void;
  /** Writes the last lines, and returns why the log is incomplete, or null. */
  readonly close: (lastLines: readonly string[]) => Promise<string | null>;
}

function openLog(path: string): LogFile {
  const file = createWriteStream(path);
  let fault: string | null = null;
  // A full disk must not end the run: the log is the least important of its results.
  file.on('error', (error) => {
    fault ??= `k6.log is incomplete: ${error.message}`;
  });
  return {
    write: (line) => {
      if (fault === null) file.write(`${line}\n`);
    },
    close: async (lastLines) => {
      if (fault === null) file.end(lastLines.map((line) => `${line}\n`).join(''));
      await finished(file).catch(() => undefined);
      return fault;
    },
  };
}
