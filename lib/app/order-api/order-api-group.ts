import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { EXIT, UserError } from '../../core/config/user-error.ts';

const STOP_TIMEOUT_MS = 5_000;
/** By its path: Node looks a bare name up from the working directory, which may be anywhere. */
const TSX = import.meta.resolve('tsx');

export interface OrderApiGroup {
  /** The URL of each deployment, in their order, once all of them take orders. */
  readonly ready: Promise<readonly string[]>;
  /** Rejects with a UserError when one of them ends without being asked, or does not come up. */
  readonly broken: Promise<never>;
  /** Ends all of them, also those that are still starting. */
  stop(): Promise<void>;
}

export interface OrderApiGroupOptions {
  /** `scripts/order-api.ts`, and the flags that name all deployments. */
  readonly script: string;
  readonly argv: readonly string[];
  readonly deployments: readonly string[];
  /** Gets what they print, each line after the name of its deployment. */
  readonly warn: (line: string) => void;
}

/**
 * Starts an order API for each deployment, each as its own process: a busy one slows down no other.
 * They end with this process, however that ends; Ctrl-C in a terminal reaches this process alone.
 */
export function startOrderApiGroup(options: OrderApiGroupOptions): OrderApiGroup {
  const { script, argv, deployments, warn } = options;
  const members = deployments.map((deployment, index) => {
    const flags = [`--deployment-number=${index + 1}`, '--die-with-parent'];
    const child = spawn(process.execPath, ['--import', TSX, script, ...argv, ...flags], {
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
    let lastError = '';
    createInterface({ input: child.stderr }).on('line', (line) => {
      const error = /^error \[\w+\]: (.*)$/.exec(line)?.[1];
      if (error === undefined) warn(`${deployment}: ${line}`);
      else lastError = error;
    });
    const ended = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
    });
    const failed = ended.then((how): never => {
      const message = `${deployment} ended (${lastError || how}), so all deployments are stopped`;
      throw new UserError('E_DEPLOYMENT_ENDED', message, EXIT.environment);
    });
    return { child, ended, failed };
  });
  const broken = Promise.race(members.map(({ failed }) => failed));
  // Those that end because they were stopped are no failure.
  broken.catch(() => {});
  return {
    ready: Promise.all(members.map(({ child }) => readyUrl(child))),
    broken,
    async stop() {
      await Promise.all(members.map(({ child, ended }) => stopMember(child, ended)));
    },
  };
}

function readyUrl({ stdout }: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    if (stdout === null) return;
    createInterface({ input: stdout }).on('line', (line) => {
      const url = /^ready (http:\/\/\S+)$/.exec(line)?.[1];
      if (url !== undefined) resolve(url);
    });
  });
}

async function stopMember(child: ChildProcess, ended: Promise<string>): Promise<void> {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
}
