import type { TestContext } from 'vitest';
import type { OrderServerPlan } from './order-server.ts';
import { type LoadRun, type LoadStart, startLoad } from './start-load.ts';
import { type OrderServer, startOrderServer } from './start-order-server.ts';

export interface KnownRun {
  readonly server: OrderServer;
  readonly load: LoadRun;
}

/** Loads a server of known behaviour with `npm run load -- ARGS --target …`; both end with the test. */
export async function startKnownRun(
  { onTestFinished }: TestContext,
  plan: OrderServerPlan,
  args: string,
  start: LoadStart = {},
): Promise<KnownRun> {
  const server = await startOrderServer(plan);
  onTestFinished(server.kill);
  const load = startLoad(`${args} --target ${server.url}`, start);
  onTestFinished(load.dispose);
  return { server, load };
}
