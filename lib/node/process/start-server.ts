import { type RunningProcess, startProcess } from './start-process.ts';

export interface ServerOptions {
  /** Node script that prints `ready <url>` once it takes requests. */
  readonly script: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Gets every other line that it prints. */
  readonly onLine: (line: string, from: 'stdout' | 'stderr') => void;
}

export interface RunningServer extends RunningProcess {
  /** Where it takes requests. Never resolves if the server ends before that. */
  readonly readyUrl: Promise<string>;
}

/**
 * Starts a Node script as a server in a process of its own. It is outside this process group, so Ctrl-C does not end it
 * while requests are in flight; its stdin closes when this process is gone.
 */
export function startServer({ script, args, env, onLine }: ServerOptions): RunningServer {
  let isReady: (url: string) => void;
  const readyUrl = new Promise<string>((resolve) => {
    isReady = resolve;
  });
  const server = startProcess({
    file: process.execPath,
    args: [script, ...args],
    env,
    holdsStdin: true,
    ownGroup: true,
    onLine: (line, from) => {
      const url = from === 'stdout' ? /^ready (http:\/\/\S+)$/.exec(line)?.[1] : undefined;
      if (url === undefined) onLine(line, from);
      else isReady(url);
    },
  });
  return { ...server, readyUrl };
}
