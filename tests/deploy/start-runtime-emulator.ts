import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../free-port.ts';
import { ROOT } from './read-template.ts';

/** Where `.ci/run` builds it. */
const EMULATOR = join(ROOT, 'node_modules/.cache/aws-lambda-rie');
const RUNTIME = join(import.meta.dirname, 'lambda-runtime.mjs');
/** What Lambda's runtime of Node 22 switches off: https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html. */
const NODE_FLAGS = ['--no-experimental-require-module', '--no-experimental-detect-module'];
const REMEDY =
  'needs the runtime interface emulator: go build -C scripts/aws-lambda-rie -o ../../node_modules/.cache/aws-lambda-rie github.com/aws/aws-lambda-runtime-interface-emulator/cmd/aws-lambda-rie';

/** Why the emulator cannot be started here; null if it can. In CI it is there, or the tests fail. */
export function missingEmulator(): string | null {
  if (existsSync(EMULATOR)) return null;
  if (process.env['CI'] === 'true') throw new Error(REMEDY);
  return REMEDY;
}

export interface EmulatedFunction {
  /** What the function returns, as JSON; or an error of the runtime, with `errorType`. */
  invoke(event: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

/**
 * Starts a bundle in AWS's runtime interface emulator, with the environment that Lambda would give it and no more. It
 * takes one event at a time. Its figures mean nothing: INIT is 0.1 ms, and the rest of it is in Duration.
 */
export async function startEmulated(
  bundle: string,
  variables: Readonly<Record<string, string>>,
): Promise<EmulatedFunction> {
  const [port, runtimePort] = [await freePort(), await freePort()];
  const args = [
    ...['--runtime-interface-emulator-address', `127.0.0.1:${port}`],
    ...['--runtime-api-address', `127.0.0.1:${runtimePort}`],
    ...[process.execPath, ...NODE_FLAGS, RUNTIME, `${basename(bundle, '.js')}.handler`],
  ];
  const child = spawn(EMULATOR, args, {
    cwd: dirname(bundle),
    env: {
      PATH: process.env['PATH'] ?? '',
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_LAMBDA_FUNCTION_NAME: 'orders-CreateOrder-1A2B',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1024',
      AWS_LAMBDA_FUNCTION_TIMEOUT: '10',
      ...variables,
    },
    // The runtime is to end with it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4000);
    });
  }
  const ended = once(child, 'exit');
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw new Error(`the emulator ended: ${said}`);
    await delay(20);
  }
  return {
    async invoke(event) {
      const path = '2015-03-31/functions/function/invocations';
      const response = await fetch(`http://127.0.0.1:${port}/${path}`, {
        method: 'POST',
        body: JSON.stringify(event),
      });
      const text = await response.text();
      try {
        return JSON.parse(text) as unknown;
      } catch {
        throw new Error(`the emulator answered ${response.status}: ${text}\n${said}`);
      }
    },
    async stop() {
      if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      await ended;
    },
  };
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
