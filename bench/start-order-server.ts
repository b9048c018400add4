import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ServerLog } from './order-server.ts';

export interface OrderServer {
  readonly url: string;
  /** Returns what the server measured since the last call. */
  readonly takeLog: () => Promise<ServerLog>;
  readonly stop: () => Promise<void>;
}

/** Starts the server that both sides load, as its own process, so that its CPU time counts for neither side. */
export async function startOrderServer(options: {
  readonly answerMs: number;
  readonly handlerHeaders: boolean;
  /** Responses due in the last part of every period wait for its end. */
  readonly freeze?: { readonly everyMs: number; readonly lastMs: number };
}): Promise<OrderServer> {
  const child = fork(
    fileURLToPath(new URL('./order-server.ts', import.meta.url)),
    [
      '--answer-ms',
      String(options.answerMs),
      ...(options.handlerHeaders ? ['--handler-headers'] : []),
      ...(options.freeze === undefined
        ? []
        : ['--freeze', `${options.freeze.lastMs}/${options.freeze.everyMs}`]),
    ],
    { execArgv: ['--import', 'tsx'] },
  );
  const [{ ready }] = (await once(child, 'message')) as [{ ready: string }];
  return {
    url: ready,
    takeLog: async () => {
      const answer = once(child, 'message');
      child.send('log');
      return ((await answer) as [ServerLog])[0];
    },
    stop: async () => {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}
