import { OrderApiError } from '../../../order-api/config/order-api-error.ts';
import { startOrderApi } from '../../../order-api/start-order-api.ts';
import { EXIT, UserError } from '../../core/errors/user-error.ts';
import type { OrderApiCommand } from './order-api-flags.ts';
import { startOrderApiGroup } from './order-api-group.ts';

const EXIT_GRACE_MS = 1_500;

export interface OrderApiOptions {
  /** Arguments of this command, for the processes of several deployments. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether this process was started with a channel to its parent. */
  readonly startedWithChannel: boolean;
}

/** Serves one order API, or several in processes of their own, until asked to end. Resolves to the exit code. */
export function runOrderApi(
  commands: readonly OrderApiCommand[],
  options: OrderApiOptions,
): Promise<number> {
  const [only, ...others] = commands;
  return only !== undefined && others.length === 0
    ? runDeployment(only, options)
    : runDeployments(commands, options);
}

async function runDeployment(
  { config, dieWithParent, control }: OrderApiCommand,
  { startedWithChannel }: OrderApiOptions,
): Promise<number> {
  try {
    const api = await startOrderApi(config, warn, { control });
    process.stdout.write(`ready ${api.url}\n`);
    const exitCode = await waitForEnd(dieWithParent, startedWithChannel);
    // Calls to a store that hangs outlive the server, and nobody waits for their responses.
    setTimeout(() => process.exit(exitCode), EXIT_GRACE_MS).unref();
    await api.stop();
    return exitCode;
  } catch (error) {
    if (error instanceof OrderApiError) {
      throw new UserError(error.code, error.message, EXIT.environment);
    }
    throw error;
  }
}

async function runDeployments(
  commands: readonly OrderApiCommand[],
  { argv, env, startedWithChannel }: OrderApiOptions,
): Promise<number> {
  const deployments = commands.map(({ deployment }) => deployment ?? '');
  const dieWithParent = commands.some((command) => command.dieWithParent);
  const asked = waitForEnd(dieWithParent, startedWithChannel);
  const group = startOrderApiGroup({ argv, deployments, env, warn });
  try {
    const urls = await Promise.race([group.ready, asked, group.broken]);
    if (typeof urls === 'number') return urls;
    for (const [index, url] of urls.entries()) {
      process.stdout.write(`ready ${deployments[index]} ${url}\n`);
    }
    return await Promise.race([asked, group.broken]);
  } finally {
    leaveParent(dieWithParent);
    await group.stop();
  }
}

/** An open channel or stdin would keep this process alive. */
function leaveParent(dieWithParent: boolean): void {
  if (process.connected) process.disconnect();
  if (dieWithParent) process.stdin.destroy();
}

/**
 * Resolves to the exit code when the process is asked to end or loses its parent. This does not keep the process
 * alive: open handles of the order API do.
 */
function waitForEnd(dieWithParent: boolean, startedWithChannel: boolean): Promise<number> {
  return new Promise((resolve) => {
    const end = (exitCode: number) => {
      resolve(exitCode);
      leaveParent(dieWithParent);
    };
    process.on('SIGINT', () => end(EXIT.interrupted));
    process.on('SIGTERM', () => end(EXIT.terminated));
    if (!dieWithParent) return;
    if (startedWithChannel) {
      // With a channel, stdin may be closed from the start, whether or not the parent lives.
      if (!process.connected) end(EXIT.pass);
      process.on('disconnect', () => end(EXIT.pass));
      return;
    }
    process.stdin.resume();
    for (const event of ['end', 'close', 'error']) {
      process.stdin.on(event, () => end(EXIT.pass));
    }
  });
}

function warn(line: string): void {
  process.stderr.write(`${line}\n`);
}
