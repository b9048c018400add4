import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ROOT } from '../deploy/read-template.ts';
import { freePort } from '../free-port.ts';

/** Where `.ci/run` puts the pinned one. */
const INSTALLED = join(ROOT, 'node_modules/.cache/ministack');
const PROGRAM = join(ROOT, 'tests/aws/start_ministack.py');
const REMEDY =
  'needs MiniStack: python3 -m pip install --target node_modules/.cache/ministack -r tests/aws/requirements.txt';

/** Why MiniStack cannot be started here; null if it can. In CI it is there, or the tests fail. */
export function missingMinistack(): string | null {
  if (existsSync(INSTALLED)) return null;
  if (process.env['CI'] === 'true') throw new Error(REMEDY);
  return REMEDY;
}

/** The account of MiniStack; it may do everything. */
export const ROOT_CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };
export const REGION = 'eu-west-1';

export interface Ministack {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/**
 * Starts an AWS that answers on this machine: CloudFormation, API Gateway, Lambda (as processes), SQS, DynamoDB, IAM
 * with policies and signatures, CloudWatch Logs.
 *
 * It shows that calls are made as AWS wants them, and what they change. What it cannot show: memory changes no speed,
 * there is no INIT, metrics count only direct calls, batch windows are not kept, provisioned pollers are ignored, an
 * update during another one is not refused, nor is a batch above 10 without a window; and above ten orders a second its
 * latency says nothing.
 */
export async function startMinistack(): Promise<Ministack> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'order-load-ministack-'));
  const url = `http://127.0.0.1:${port}`;
  const child = spawn('python3', ['-u', PROGRAM], {
    cwd: folder,
    // The processes of the functions are to end with it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      TMPDIR: folder,
      PYTHONPATH: INSTALLED,
      PYTHONDONTWRITEBYTECODE: '1',
      AUTH: 'true',
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: '127.0.0.1',
      MINISTACK_REGION: REGION,
      LAMBDA_EXECUTOR: 'local',
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
      LOG_LEVEL: 'WARNING',
    },
  });
  const stop = async (): Promise<void> => {
    await end(child);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await ready(child, `${url}/_ministack/ready`);
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function ready(child: ChildProcess, url: string): Promise<void> {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4000);
    });
  }
  child.once('error', (error) => {
    said += error.message;
  });
  while (child.pid !== undefined && child.exitCode === null) {
    const answer = await fetch(url).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await delay(50);
  }
  throw new Error(`MiniStack did not start: ${said}`);
}

/** Ends a process and those that it started, its group. */
async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  const ended = child.exitCode === null ? once(child, 'exit') : null;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // All of them have ended.
  }
  await ended;
}
