import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'vitest';
import type { KnownRun } from './known-run.ts';
import type { OrderServerPlan } from './order-server.ts';
import { startLoad } from './start-load.ts';
import { startOrderServer } from './start-order-server.ts';

/** A separate network and view of the file system, in which only loopback is reachable. */
export interface Namespace {
  /** A command that runs the one that follows it inside. */
  readonly by: readonly string[];
}

/**
 * Opens a namespace and runs the shell commands `commands` in it; null if this user is not allowed to. It ends with the
 * test, once everything started in it has ended.
 */
export const NEEDS_NAMESPACE = 'needs the right to open a network namespace';

export async function openNamespace(
  { onTestFinished }: TestContext,
  commands: readonly string[],
): Promise<Namespace | null> {
  // cat ends with this process, which holds the other end of its input.
  const script = ['set -e', 'ip link set lo up', ...commands, 'echo ready', 'exec cat'].join('\n');
  const holder = spawn('unshare', ['-n', '-m', 'sh', '-c', script], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  onTestFinished(() => void holder.kill('SIGKILL'));
  if (!(await isReady(holder))) return null;
  return { by: ['nsenter', '-t', `${holder.pid}`, '-n', '-m', '--wd', '--'] };
}

async function isReady(holder: ChildProcess): Promise<boolean> {
  holder.once('error', () => undefined);
  const lines = createInterface({ input: holder.stdout as NonNullable<ChildProcess['stdout']> });
  for await (const line of lines) if (line === 'ready') return true;
  return false;
}

/** Loads a server of known behaviour by a name of this machine, with both inside; both end with the test. */
export async function startInside(
  { by }: Namespace,
  { onTestFinished }: TestContext,
  plan: OrderServerPlan,
  args: string,
  host = '127.0.0.1',
): Promise<KnownRun> {
  const server = await startOrderServer(plan, by);
  onTestFinished(server.kill);
  const target = server.url.replace('127.0.0.1', host);
  const load = startLoad(`${args} --target ${target}`, { by });
  onTestFinished(load.dispose);
  return { server, load };
}

/** Starts a module of this folder inside, until the test ends. Resolves when it has sent a message. */
export async function forkInside(
  { by }: Namespace,
  { onTestFinished }: TestContext,
  module: string,
  args: readonly string[] = [],
): Promise<ChildProcess> {
  const [program, ...rest] = [...by, process.execPath];
  const child = fork(join(import.meta.dirname, module), [...args], {
    execPath: program as string,
    execArgv: [...rest, '--import', import.meta.resolve('tsx')],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'message');
  return child;
}
