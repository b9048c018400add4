import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { TargetError } from '../target-error.ts';

const START_TIMEOUT_MS = 20_000;
const STOP_TIMEOUT_MS = 1_000;

export interface DynaliteProcess {
  readonly endpoint: string;
  readonly pid: number;
  /** Ends the process; its orders are gone. Never throws. */
  stop(): Promise<void>;
}

/**
 * Starts dynalite (the DynamoDB API, in memory) as a process of its own on a free loopback port. It
 * ends with this process, however that ends. `onExit` is called when it ends without being asked.
 */
export async function startDynalite(
  onExit: (reason: string) => void = () => {},
): Promise<DynaliteProcess> {
  const script = fileURLToPath(new URL('./dynalite-process.mjs', import.meta.url));
  const child = fork(script, [], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  let stopping = false;
  let ready = false;
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  void exited.then((reason) => {
    if (ready && !stopping) onExit(reason);
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
    throw new TargetError(
      'E_STORE_START',
      `dynalite, the local DynamoDB, ended before it was ready (${reason}): run \`npm ci\` again, or use --store memory`,
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
    if (error instanceof TargetError) throw error;
    throw new TargetError(
      'E_STORE_START',
      `dynalite, the local DynamoDB, was not ready within ${START_TIMEOUT_MS / 1000} s: try again when the machine is less busy, or use --store memory`,
    );
  }
}
