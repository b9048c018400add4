import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { OrderServerPlan, ServerLog } from './order-server.ts';

export interface OrderServer {
  readonly url: string;
  /** What it has really done so far. */
  readonly log: () => Promise<ServerLog>;
  /** Resolves when it has seen this many orders. */
  readonly sawOrders: (count: number) => Promise<void>;
  /** Freezes it. */
  readonly freeze: () => void;
  /** Ends at once, as a crash would. */
  readonly kill: () => Promise<void>;
}

const POLL_MS = 50;

/**
 * Starts an order API whose behaviour is known, in a process of its own: its clock must not wait for the test's event
 * loop. It ends with the test's process at the latest. `by` is a command that replaces itself by the one that follows it.
 */
export async function startOrderServer(
  plan: OrderServerPlan,
  by: readonly string[] = [],
): Promise<OrderServer> {
  const [program, ...rest] = [...by, process.execPath];
  const child = fork(join(import.meta.dirname, 'order-server.ts'), [JSON.stringify(plan)], {
    execPath: program as string,
    execArgv: [...rest, '--import', import.meta.resolve('tsx')],
    serialization: 'advanced',
  });
  const exited = once(child, 'exit');
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  let asking: Promise<unknown> = Promise.resolve();
  const ask = async (): Promise<ServerLog> => {
    child.send('log');
    const [log] = (await once(child, 'message')) as [ServerLog];
    return log;
  };
  const log = (): Promise<ServerLog> => {
    const answer = asking.then(ask);
    asking = answer;
    return answer;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    log,
    sawOrders: async (count) => {
      while ((await log()).orders.length < count) {
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
    },
    freeze: () => {
      child.kill('SIGSTOP');
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
