import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type BatchRound, batchResult } from '../../lib/core/tune/batch/batch-result.ts';
import { parseTune } from '../../lib/core/tune/parse-tune.ts';
import { openLocalControl } from '../../lib/node/platform/local-control.ts';
import { temporaryFolder } from './support/run-load.ts';
import { tune } from './support/run-tune.ts';
import { startOrderApi } from './support/start-order-api.ts';

const QUEUE = [
  ...['--control', '--queue', '--memory', '1024', '--init-ms', '100'],
  // As many as a mapping starts with, so there are not more after a busy start.
  ...['--max-concurrency', '5'],
];
/** Not what the sweep sets, so that it can be seen to be put back. */
const BEFORE = ['--batch-size', '7', '--batch-window-seconds', '2'];
const LOAD = ['--rate', '20', '--duration', '10s', '--lens', 'local'];

async function storedRounds(cwd: string): Promise<readonly BatchRound[]> {
  const [id = ''] = (await readdir(join(cwd, 'results/tune'))).filter((name) => /^\d/.test(name));
  const folder = join(cwd, 'results/tune', id, 'rounds');
  const files = await readdir(folder);
  return Promise.all(
    files.map(async (file) => JSON.parse(await readFile(join(folder, file), 'utf8')) as BatchRound),
  );
}

async function mappingAt(url: string) {
  const control = await openLocalControl(url);
  const state = await control.readMapping('write-orders');
  await control.close();
  return state;
}

/**
 * Batches of one leave at once: an order takes some milliseconds, an invocation and a delete of its own. Of the larger
 * batches, five pollers gather about four orders each in their window of a second, so p95 of the lag is about a second,
 * and even one poller alone would take more than a second to fill its batch; the four share an invocation and a delete. So
 * below half a second batches of one are the only ones that fit, and above it the larger ones are cheaper.
 */
async function sweepForTwoLimits() {
  const cwd = await temporaryFolder();
  const { url } = await startOrderApi(...QUEUE, ...BEFORE);
  const before = await mappingAt(url);
  const asked = ['--sizes', '1,25', '--windows', '1', '--no-poison', '--no-quiet'];
  const at = ['--target', url, '--slo-lag-p95', '400', '--json'];
  const { exitCode, stdout, stderr } = await tune(['batch', ...asked, ...LOAD, ...at], { cwd });
  expect(exitCode, stderr).toBe(0);
  const { batch, subject, run } = parseTune(stdout, 'stdout');
  expect(run.status).toBe('completed');
  expect(subject).toMatchObject({ mapping: 'write-orders', restored: true });
  expect(batch?.choice, stderr).toMatchObject({
    outcome: 'chosen',
    chosen: { batchSize: 1, windowSeconds: 1 },
    notToldApart: [],
  });
  expect(batch?.cells.map(({ isOnFront }) => isOnFront)).toEqual([true, true]);
  const [one, more] = batch?.cells ?? [];
  expect(one?.load).toMatchObject({ writeUnitsPerOrder: 1, lost: 0 });
  expect(more?.load).toMatchObject({ writeUnitsPerOrder: 1, lost: 0 });
  expect(one?.load?.invocationsPerThousand?.value).toBeCloseTo(1000, 6);
  expect(more?.load?.invocationsPerThousand?.value).toBeLessThan(500);
  expect(batch?.pitfalls.map(({ name }) => name)).toEqual(['Write capacity']);
  const lax = batchResult(await storedRounds(cwd), {
    cells: batch?.cells ?? [],
    sloLagP95Ms: 10_000,
    quietRatePerSecond: null,
    architecture: 'x86',
  });
  expect(lax.choice).toMatchObject({
    outcome: 'chosen',
    chosen: { batchSize: 25, windowSeconds: 1 },
    notToldApart: [],
  });
  expect(await mappingAt(url)).toEqual(before);
}

async function sweepForPitfalls() {
  const cwd = await temporaryFolder();
  // A batch gathers for up to 20 s, so messages stay hidden for a little longer.
  const retries = [
    ...['--timeout-ms', '10000'],
    ...['--visibility-seconds', '22', '--max-receive-count', '2'],
  ];
  const { url } = await startOrderApi(...QUEUE, ...BEFORE, ...retries);
  const asked = ['--sizes', '25', '--windows', '1', '--rounds', '1', '--target', url];
  const { exitCode, stdout, stderr } = await tune(['batch', ...asked, ...LOAD], { cwd });
  expect(exitCode, stderr).toBe(0);
  const [id = ''] = (await readdir(join(cwd, 'results/tune'))).filter((name) => /^\d/.test(name));
  const text = await readFile(join(cwd, 'results/tune', id, 'tune.json'), 'utf8');
  const [cell] = parseTune(text, id).batch?.cells ?? [];
  expect(cell?.poison, stderr).toMatchObject({
    rounds: 1,
    redelivered: 1,
    deadLetters: 1,
    lost: 0,
  });
  // Orders come every 5 s, each to another poller, which waits 20 s for one more.
  expect(cell?.quiet?.lagMs.p99?.value).toBeGreaterThan(4000);
  expect(cell?.quiet?.batchFill).toBeLessThan(0.1);
  expect(stdout).toMatch(/With a poison message.*\n.*\n +25 messages, 1 s window .* 1 +1\n/);
  expect(stdout).toMatch(/On a quiet queue .*\n.*\n +25 messages, 1 s window/);
  expect(stdout).toMatch(/delivered again once, 1 dead letter/);
}

describe('npm run tune:batch', () => {
  it('names the best cell of a model whose best cells are known, for two limits of the lag, and what pitfalls cost', async () => {
    // They wait more than they work.
    await Promise.all([sweepForTwoLimits(), sweepForPitfalls()]);
  }, 400_000);

  it('says what is missing on AWS, and which load is too short', async () => {
    const cwd = await temporaryFolder();
    const aws = await tune(['batch', '--lens', 'aws', '--function', 'write-orders'], { cwd });
    expect(aws.exitCode).toBe(2);
    expect(aws.stderr).toContain('--mapping UUID --function NAME');
    const short = await tune(['batch', '--duration', '5s'], { cwd });
    expect(short.exitCode).toBe(2);
    expect(short.stderr).toContain('a window of 5 s needs a load of 20 s or more');
  });
});
