import { EXIT, UserError } from '../../core/errors/user-error.ts';
import type { ProcessEnd } from '../../node/process/start-process.ts';
import { startServer } from '../../node/process/start-server.ts';
import { START_SCRIPT } from '../cli/command-start.ts';

export interface OrderApiGroup {
  /** The URL of each deployment, in their order, once all of them take orders. */
  readonly ready: Promise<readonly string[]>;
  /** Rejects with a UserError if one of them ends without being asked to, or does not start. */
  readonly broken: Promise<never>;
  /** Ends all of them, including those that are still starting. */
  stop(): Promise<void>;
}

export interface OrderApiGroupOptions {
  /** Arguments of the command, which name all deployments. */
  readonly argv: readonly string[];
  readonly deployments: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Gets each line that they print, after the name of its deployment. */
  readonly warn: (line: string) => void;
}

/**
 * Starts an order API for each deployment, each in its own process, so a busy one slows down no other. They end when
 * this process ends, however that happens; Ctrl-C in a terminal reaches this process only.
 */
export function startOrderApiGroup(options: OrderApiGroupOptions): OrderApiGroup {
  const { argv, deployments, env, warn } = options;
  const members = deployments.map((deployment, index) => {
    let lastError: string | null = null;
    const server = startServer({
      script: START_SCRIPT,
      args: ['order-api', ...argv, `--deployment-number=${index + 1}`, '--die-with-parent'],
      env,
      onLine: (line, from) => {
        if (from === 'stdout') return;
        const error = /^error \[\w+\]: (.*)$/.exec(line)?.[1];
        if (error === undefined) warn(`${deployment}: ${line}`);
        else lastError = error;
      },
    });
    const failed = server.ended.then((end): never => {
      const message = `${deployment} ended (${lastError ?? endText(end)}), so all deployments are stopped`;
      throw new UserError('E_DEPLOYMENT_ENDED', message, EXIT.environment);
    });
    return { server, failed };
  });
  const broken = Promise.race(members.map(({ failed }) => failed));
  // Ending because they were stopped is no failure.
  broken.catch(() => {});
  return {
    ready: Promise.all(members.map(({ server }) => server.readyUrl)),
    broken,
    async stop() {
      await Promise.all(members.map(({ server }) => server.stop()));
    },
  };
}

function endText({ exitCode, signal, error }: ProcessEnd): string {
  return error?.message ?? signal ?? `exit code ${exitCode}`;
}
