import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { QueueServerPlan, QueueServerTruth } from './queue-server.ts';

export interface QueueServer {
  readonly url: string;
  readonly truth: () => Promise<QueueServerTruth>;
  readonly stop: () => Promise<void>;
}

/** Starts a server of known capacity as its own process, which ends with this one at the latest. */
export async function startQueueServer(plan: QueueServerPlan): Promise<QueueServer> {
  const child = fork(join(import.meta.dirname, 'queue-server.ts'), [JSON.stringify(plan)], {
    execArgv: ['--import', import.meta.resolve('tsx')],
  });
  const exited = once(child, 'exit');
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return {
    url: `http://127.0.0.1:${port}`,
    truth: async () => {
      child.send('truth');
      const [truth] = (await once(child, 'message')) as [QueueServerTruth];
      return truth;
    },
    stop: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
