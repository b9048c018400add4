import { fork } from 'node:child_process';
import { once } from 'node:events';
import { OrderApiError } from '../config/order-api-error.ts';

const START_TIMEOUT_MS = 20_000;
const STOP_TIMEOUT_MS = 1_000;

export interface ChildServerOptions {
  /** A module that sends `{ port }` over its IPC channel, and ends when the channel closes. */
  readonly script: string;
  /** Description for messages, such as "dynalite, the local DynamoDB". */
  readonly what: string;
  /** Advice for messages, such as "use --store memory". */
  readonly insteadOfIt: string;
  readonly errorCode: OrderApiError['code'];
  /** Called if it ends unexpectedly. */
  readonly onExit: (reason: string) => void;
}

export interface ChildServer {
  /** `http://127.0.0.1:PORT`. */
  readonly endpoint: string;
  readonly pid: number;
  /** Ends the process; its data is gone. Never throws. */
  stop(): Promise<void>;
}

/**
 * Starts a server as its own process on a free loopback port. It ends with this process, however that ends.
 *
 * @throws OrderApiError if the server does not start.
 */
export async function startChildServer(options: ChildServerOptions): Promise<ChildServer> {
  const { script, what, insteadOfIt, errorCode } = options;
  const child = fork(script, [], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  let stopping = false;
  let ready = false;
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  void exited.then((reason) => {
    if (ready && !stopping) options.onExit(reason);
  });

  const stop = async () => {
    stopping = true;
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await exited;
    clearTimeout(timer);
  };

  const failed = exited.then((reason): never => {
    throw new OrderApiError(
      errorCode,
      `${what}, ended before it was ready (${reason}): run \`npm ci\` again, or ${insteadOfIt}`,
    );
  });
  failed.catch(() => {});
  try {
    const [message] = await Promise.race([
      once(child, 'message', { signal: AbortSignal.timeout(START_TIMEOUT_MS) }),
      failed,
    ]);
    ready = true;
    const { port } = message as { port: number };
    return { endpoint: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, stop };
  } catch (error) {
    await stop();
    if (error instanceof OrderApiError) throw error;
    throw new OrderApiError(
      errorCode,
      `${what}, was not ready within ${START_TIMEOUT_MS / 1000} s: try again when the machine is less busy, or ${insteadOfIt}`,
    );
  }
}
