import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planFromK6Env } from '../../lib/core/config/plan-from-k6-env.ts';
import { ordersByStage } from '../../lib/core/load/schedule.ts';
import { orderWriter } from '../../lib/core/order/write-order.ts';
import { bundleScenarios } from '../../lib/node/bundle/bundle-scenario.ts';
import { QUESTION_PROFILES } from '../../lib/questions/registry.ts';
import { startRecordingServer } from './support/recording-server.ts';
import { K6, outputOf, ROOT, temporaryFolder } from './support/run-load.ts';

const LOAD = { RATE: '40', DURATION: '5s', SEED: '7', LOAD_RUN: 'shared' };
const PLAN = planFromK6Env('spike', QUESTION_PROFILES, LOAD);
const BY_STAGE = ordersByStage(PLAN.stages);
const PLANNED = BY_STAGE.reduce((sum, count) => sum + count, 0);
const write = orderWriter(PLAN, PLAN.mapping);

interface Placed {
  readonly order: number;
  readonly runner: number;
  readonly body: string;
}

/** Has as many k6 processes divide one spike by execution segments, and gives the orders that arrived. */
async function divided(runners: number, clients: number): Promise<readonly Placed[]> {
  const folder = await temporaryFolder();
  const entries = [join(ROOT, 'scenarios/spike.ts')];
  await bundleScenarios({ entries, outDir: folder, libDir: join(ROOT, 'lib') });
  const server = await startRecordingServer();
  const inner = Array.from({ length: runners - 1 }, (_, i) => `${i + 1}/${runners}`);
  const borders = ['0', ...inner, '1'];
  const exits = borders.slice(1).map((to, runner) => {
    const segment = [
      ...['--execution-segment', `${borders[runner]}:${to}`],
      ...['--execution-segment-sequence', borders.join(',')],
    ];
    const env = { ...LOAD, CLIENTS: `${clients}`, BASE_URL: `${server.url}/${runner}` };
    const flags = Object.entries(env).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
    return outputOf(
      spawn(K6, ['run', '--quiet', ...segment, ...flags, 'spike.js'], {
        ...{ cwd: folder, env: { HOME: folder }, stdio: 'pipe' },
      }),
    );
  });
  // 99: a service level was missed, which so many processes at once may well do.
  for (const { exitCode, stderr } of await Promise.all(exits))
    expect([0, 99], stderr).toContain(exitCode);
  return server.orders.map(({ url, body }) => {
    const { orderId } = JSON.parse(body) as { orderId: string };
    const order = Number(/^lt-shared-(\d+)$/.exec(orderId)?.[1]);
    return { order, runner: Number(/^\/(\d+)\/orders$/.exec(url)?.[1]), body };
  });
}

function expectOneRun(placed: readonly Placed[], runners: number): void {
  const sorted = placed.toSorted((a, b) => a.order - b.order);
  // Every order of the plan, none twice, each as a run alone would have written it.
  expect(sorted.map(({ body }) => body)).toEqual(
    Array.from({ length: PLANNED }, (_, order) => write(order, false, 0)),
  );
  let first = 0;
  for (const count of BY_STAGE) {
    const ofStage = sorted.filter(({ order }) => order >= first && order < first + count);
    expect(ofStage).toHaveLength(count);
    first += count;
  }
  for (let runner = 0; runner < runners; runner += 1) {
    const { length } = placed.filter((one) => one.runner === runner);
    expect(Math.abs(length - PLANNED / runners), `runner ${runner}`).toBeLessThanOrEqual(3);
  }
}

describe('plain k6 processes that divide a load', () => {
  it('send together what one would: 1, 2, 3, 4 and 7 of them', async () => {
    const counts = [1, 2, 3, 4, 7];
    const runs = await Promise.all(counts.map((runners) => divided(runners, 1)));
    for (const [i, placed] of runs.entries()) expectOneRun(placed, counts[i] as number);
  });

  it('send the same from several event loops each', async () => {
    const [alone, three] = await Promise.all([divided(1, 3), divided(3, 3)]);
    expectOneRun(alone, 1);
    expectOneRun(three, 3);
  });
});
