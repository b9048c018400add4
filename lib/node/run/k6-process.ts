import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { EXIT, UserError } from '../../core/config/user-error.ts';
import type { K6Exit, ScenarioException } from '../../core/report/run-context.ts';
import type { FailureExample } from '../../core/telemetry/failure-example.ts';
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
  /** Why figures that k6 sent may be missing, in plain words. */
  readonly telemetryFaults: readonly string[];
  /** What the scenario handed over to the wrapper, as it wrote it. */
  readonly handedOver: readonly string[];
  /** An example of each way in which orders failed, fit to be shown. */
  readonly failures: readonly FailureExample[];
  /** k6's last error that was not the scenario's, or null. */
  readonly lastError: string | null;
  /** What went wrong with writing the log, or null. */
  readonly logFault: string | null;
}

export interface K6Process {
  readonly pid: number;
  readonly done: Promise<K6Result>;
  /** The first SIGINT lets k6 stop by itself and flush; SIGKILL ends it at once. */
  readonly signal: (signal: 'SIGINT' | 'SIGKILL') => void;
}

/**
 * Starts k6 in a process group of its own: a Ctrl-C in the terminal would otherwise reach it twice,
 * and its second interrupt skips the final flush. Its output stays a pipe to this process, so that k6
 * ends by SIGPIPE soon after this process was killed.
 *
 * @throws UserError E_K6_START where the binary cannot be started.
 */
export async function startK6(options: K6ProcessOptions): Promise<K6Process> {
  const child = spawn(options.binary, [...options.args], {
    env: { ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  await spawned(child, options.binary);
  const log = createK6Log(options.redact);
  const closeLog = writeLog(child, options.logPath, log.line);
  const lastLines = (): readonly string[] => {
    const count = log.suppressedLines();
    return [...log.repeated(), ...(count > 0 ? [`… and ${count} lines more`] : [])];
  };

  const done = new Promise<K6Exit>((resolve) => {
    child.once('close', (exitCode, signal) => resolve({ exitCode, signal }));
  }).then(async (exit) => ({
    ...exit,
    logFault: await closeLog(lastLines),
    exceptions: log.exceptions(),
    handedOver: log.handedOver(),
    failures: log.failures(),
    lastError: log.lastError(),
    telemetryFaults: log.telemetryFaults(),
  }));

  return {
    pid: child.pid as number,
    done,
    signal: (signal) => {
      child.kill(signal);
    },
  };
}

function spawned(child: ChildProcess, binary: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => {
      const message = `cannot start k6 at ${binary}: ${error.message}; run \`npm run doctor\``;
      reject(new UserError('E_K6_START', message, EXIT.environment));
    });
  });
}

function writeLog(
  child: ChildProcess,
  path: string,
  toLine: (raw: string) => string | null,
): (lastLines: () => readonly string[]) => Promise<string | null> {
  const file = createWriteStream(path);
  let fault: string | null = null;
  // A full disk must not end the run: the log is the least of its results.
  file.on('error', (error) => {
    fault ??= `k6.log is incomplete: ${error.message}`;
  });
  const write = (raw: string): void => {
    const line = toLine(raw);
    if (line !== null && fault === null) file.write(`${line}\n`);
  };
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) createInterface({ input: stream, crlfDelay: Infinity }).on('line', write);
  }
  return async (lastLines) => {
    if (fault === null)
      file.end(
        lastLines()
          .map((line) => `${line}\n`)
          .join(''),
      );
    await finished(file).catch(() => undefined);
    return fault;
  };
}
