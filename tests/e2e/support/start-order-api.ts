import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import type { GroundTruth } from '../../../order-api/lambda/ground-truth.ts';
import { ROOT } from './run-load.ts';

export interface StartedOrderApi {
  readonly url: string;
  /** Its own counts. */
  readonly truth: () => Promise<GroundTruth>;
}

/** Starts the order API that comes with the suite, until the running test ends. */
export async function startOrderApi(...flags: readonly string[]): Promise<StartedOrderApi> {
  const child: ChildProcess = spawn(
    process.execPath,
    ['scripts/start.mjs', 'order-api', '--port', '0', '--store', 'memory', ...flags],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  onTestFinished(() => void child.kill());
  const lines = createInterface({ input: child.stdout as NonNullable<ChildProcess['stdout']> });
  for await (const line of lines) {
    const url = /^ready (\S+)$/.exec(line)?.[1];
    if (url === undefined) continue;
    const truth = async () => (await (await fetch(`${url}/__truth`)).json()) as GroundTruth;
    return { url, truth };
  }
  throw new Error('the order API ended before it was ready');
}
