import { type ChildProcess, execFileSync, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { GroundTruth } from '../../order-api/lambda/ground-truth.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface OrderApiProcess {
  readonly child: ChildProcess;
  readonly url: string;
  truth(): Promise<GroundTruth>;
  post(order: unknown): Promise<Response>;
  /** Exit code, or the signal's name. */
  exited(): Promise<number | string>;
}

export function spawnOrderApi(args: readonly string[], stdio: StdioOptions = 'pipe'): ChildProcess {
  return spawn(process.execPath, ['scripts/start.mjs', 'order-api', ...args], {
    cwd: ROOT,
    stdio,
  });
}

export async function startOrderApi(
  args: readonly string[],
  stdio?: StdioOptions,
): Promise<OrderApiProcess> {
  const child = spawnOrderApi(args, stdio);
  const exit = once(child, 'exit');
  if (child.stdout === null) throw new Error('stdout is not piped');
  const [line] = await Promise.race([
    once(child.stdout, 'data'),
    exit.then(([code]) => {
      throw new Error(`the order API ended with ${code} before it was ready`);
    }),
  ]);
  const url = /^ready (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(String(line))?.[1];
  if (url === undefined) throw new Error(`unexpected first line: ${line}`);
  return {
    child,
    url,
    truth: async () => (await fetch(`${url}/__truth`)).json() as Promise<GroundTruth>,
    post: (order) => fetch(`${url}/orders`, { method: 'POST', body: JSON.stringify(order) }),
    exited: async () => {
      const [code, signal] = await exit;
      return code ?? signal;
    },
  };
}

/** Runs a api that is expected to end by itself. */
export async function runOrderApi(args: readonly string[]) {
  // Without this, one that does not end would outlive a failed test.
  const child = spawnOrderApi(['--die-with-parent', ...args]);
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, stdout, stderr };
}

/** The process of the api's store; the TypeScript loader has child processes of its own. */
export function dynalitePid(api: OrderApiProcess): number {
  const line = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((row) => row.trim().split(/\s+/))
    .find(([, ppid, ...args]) => {
      return Number(ppid) === api.child.pid && args.join(' ').includes('dynalite-process');
    });
  if (line === undefined) throw new Error('the order API has no dynalite process');
  return Number(line[0]);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
