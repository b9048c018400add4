import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { START_SCRIPT } from '../../lib/app/cli/command-start.ts';
import type { Env } from '../../lib/core/config/env.ts';
import { erlangLoad } from '../../lib/core/judge/erlang-b.ts';
import { startOrderApiProcess } from '../../lib/node/run/order-api-process.ts';
import { parseReport } from '../../lib/questions/parse-report.ts';
import { RAMP } from '../../lib/questions/ramp/profile.ts';
import type { Capacity } from '../../lib/questions/ramp/schema.ts';
import type { AnsweredReport } from '../../lib/questions/report-schema.ts';
import type { GroundTruth } from '../../order-api/lambda/ground-truth.ts';
import type { CapacitySetting } from './capacity-settings.ts';
import { startQueueServer } from './start-queue-server.ts';

export interface CapacityResult {
  readonly report: AnsweredReport;
  readonly capacity: Capacity;
  /** Orders per second that the server can handle, by its own clock. */
  readonly trueRatePerSecond: number;
  readonly exitCode: number;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Runs the ramp of a setting with the real command against its server, and reads the results of both. */
export async function measureCapacity(setting: CapacitySetting, env: Env): Promise<CapacityResult> {
  const out = await mkdtemp(join(tmpdir(), 'capacity-'));
  const server = await startServer(setting, env);
  try {
    const args = [...setting.args, '--target', server.url, '--out', out];
    const { stdout, exitCode } = await load(args, env);
    const report = parseReport(stdout, setting.name);
    const { capacity } = report.answers;
    if (capacity === undefined) throw new Error(`no answer: ${stdout}`);
    const { truth } = setting;
    const trueRatePerSecond =
      'ratePerSecond' in truth
        ? truth.ratePerSecond
        : (erlangsOf(setting, truth.servers) * 1000) / (await server.meanBusyMs());
    return { report, capacity, trueRatePerSecond, exitCode };
  } finally {
    await server.stop();
    await rm(out, { recursive: true, force: true });
  }
}

/** Mean number of concurrent calls at which the success SLO is just met. */
function erlangsOf({ arrivals }: CapacitySetting, servers: number): number {
  return arrivals === 'even' ? servers : erlangLoad(1 - RAMP.slo.successRatio, servers);
}

async function startServer(
  { server }: CapacitySetting,
  env: Env,
): Promise<{ url: string; meanBusyMs: () => Promise<number>; stop: () => Promise<void> }> {
  if ('queue' in server) {
    const { url, truth, stop } = await startQueueServer(server.queue);
    return { url, stop, meanBusyMs: async () => (await truth()).meanServiceMs };
  }
  const { url, stop } = await startOrderApiProcess({
    script: START_SCRIPT,
    args: ['order-api', '--port', '0', '--die-with-parent', ...server.target],
    env,
  });
  const meanBusyMs = async () => {
    const truth = (await (await fetch(`${url}/__truth`)).json()) as GroundTruth;
    const [orders] = Object.values(truth.functions);
    if (orders === undefined) throw new Error('the target has no function');
    return orders.busyMs / orders.invocations;
  };
  return { url, stop, meanBusyMs };
}

function load(args: readonly string[], env: Env): Promise<{ stdout: string; exitCode: number }> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      [START_SCRIPT, 'run', ...args, '--json'],
      { cwd: ROOT, env: { ...env }, maxBuffer: 2 ** 28 },
      (_, stdout, stderr) => {
        if (stdout === '') reject(new Error(stderr));
        else resolve({ stdout, exitCode: child.exitCode ?? -1 });
      },
    );
  });
}
