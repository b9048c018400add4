import { setTimeout as delay } from 'node:timers/promises';
import type { Env } from '../../core/config/env.ts';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import { startServer } from '../process/start-server.ts';

export interface OrderApiProcessOptions {
  /** Node script that prints `ready <url>`, and its arguments. */
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

const READY_TIMEOUT_MS = 30_000;

/**
 * Starts the embedded order API as its own process and waits for its `ready` line.
 *
 * @throws UserError E_LOCAL_TARGET with the last line it printed, if it ends or stays silent.
 */
export async function startOrderApiProcess(
  options: OrderApiProcessOptions,
): Promise<OrderApiProcess> {
  const { script, args, env, readyTimeoutMs = READY_TIMEOUT_MS } = options;
  let lastLine = '';
  const server = startServer({
    script,
    args,
    env,
    onLine: (line) => {
      lastLine = line;
    },
  });
  const stop = async (): Promise<void> => void (await server.stop());
  const giveUp = new AbortController();
  const failure = await Promise.race([
    server.readyUrl.then(() => null),
    server.ended.then(({ exitCode, error }) => error?.message ?? `it ended with code ${exitCode}`),
    delay(readyTimeoutMs, `nothing within ${readyTimeoutMs / 1000} s`, { signal: giveUp.signal }),
  ]);
  giveUp.abort();
  if (failure === null) return { url: await server.readyUrl, pid: server.pid as number, stop };
  await stop();
  const message = `the embedded order API did not start: ${failure}${lastLine && ` (${lastLine})`}`;
  throw new UserError('E_LOCAL_TARGET', message, EXIT.environment);
}
