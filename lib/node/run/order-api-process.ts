import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Env } from '../../core/config/env.ts';
import { EXIT, UserError } from '../../core/config/user-error.ts';

export interface OrderApiProcessOptions {
  /** Node script that prints `ready <url>` as its first line, and its arguments. */
  readonly script: string;
  readonly args: readonly string[];
  readonly env: Env;
  readonly readyTimeoutMs?: number;
}

export interface OrderApiProcess {
  readonly url: string;
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

/** By its path: Node looks a bare name up from the working directory, which may be anywhere. */
const TSX = import.meta.resolve('tsx');

/**
 * Starts the embedded order API as a process of its own and waits for its `ready` line. It is
 * outside this process group, so that a Ctrl-C does not take it away from orders in flight;
 * its stdin is a pipe whose end tells it that this process is gone.
 *
 * @throws UserError E_LOCAL_TARGET with the last line it printed, where it ends or stays silent.
 */
export async function startOrderApiProcess(
  options: OrderApiProcessOptions,
): Promise<OrderApiProcess> {
  const child = spawn(process.execPath, ['--import', TSX, options.script, ...options.args], {
    env: { ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const deadline = setTimeout(() => child.kill('SIGKILL'), 5000);
    await exited;
    clearTimeout(deadline);
  };
  try {
    const url = await readyUrl(child, options.readyTimeoutMs ?? 30_000);
    child.stdout?.resume();
    child.stderr?.resume();
    return { url, pid: child.pid as number, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function readyUrl(child: ChildProcess, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let lastLine = '';
    const fail = (why: string): void => {
      const message = `the embedded order API did not start: ${why}${lastLine && ` (${lastLine})`}`;
      reject(new UserError('E_LOCAL_TARGET', message, EXIT.environment));
    };
    const timer = setTimeout(() => fail(`nothing within ${timeoutMs / 1000} s`), timeoutMs);
    const onLine = (line: string): void => {
      lastLine = line;
      const url = /^ready (http:\/\/\S+)$/.exec(line)?.[1];
      if (url !== undefined) settle(() => resolve(url));
    };
    const settle = (how: () => void): void => {
      clearTimeout(timer);
      how();
    };
    child.once('error', (error) => settle(() => fail(error.message)));
    child.once('close', (code) => settle(() => fail(`it ended with code ${code}`)));
    if (child.stdout) createInterface({ input: child.stdout }).on('line', onLine);
    if (child.stderr)
      createInterface({ input: child.stderr }).on('line', (line) => (lastLine = line));
  });
}
