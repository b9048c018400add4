import { expect, it } from 'vitest';
import { readRunConfig } from '../../../lib/app/run/read-run-config.ts';
import { batchPlanLines } from '../../../lib/app/tune/batch-plan-lines.ts';
import { batchLoadConfig } from '../../../lib/app/tune/batch-sweep.ts';
import { parseBatchFlags } from '../../../lib/app/tune/parse-batch-flags.ts';
import type { SweepPlatform } from '../../../lib/app/tune/sweep-platform.ts';

const BEFORE = { batchSize: 25, windowSeconds: 1, maximumConcurrency: 10, pollers: null };

async function planOf(...argv: string[]) {
  const flags = await parseBatchFlags(argv, {});
  const config = batchLoadConfig(await readRunConfig(['batch', ...flags.runArgs], {}, '/'), flags);
  const address = { platform: 'local', baseUrl: 'http://127.0.0.1:1', instance: 'a' };
  const platform = { control: { address }, isEmbedded: true } as unknown as SweepPlatform;
  return batchPlanLines(
    {
      mappingId: 'write-orders',
      functionName: 'write-orders',
      architecture: 'x86',
      platform,
      config,
      flags,
    },
    { functions: {}, mappings: { 'write-orders': BEFORE } },
  );
}

it('says what is changed, what is measured, and how long that takes', async () => {
  expect(await planOf()).toEqual([
    'mapping   write-orders, which calls write-orders of the embedded order API',
    'changes   batch size to 1, 10, 25 and 100 (now 25), window to 0, 1 and 5 s (now 1 s); put back at the end',
    'sweep     10 cells in each of 3 rounds, in random order',
    'quiet     then 3 runs with hardly any orders, one for each window',
    'poison    then 4 runs with one message that is no order, one for each batch size; it ends in the dead-letter queue',
    'load      batch: up to 50/s for 20s after 2s of warm-up; all runs take about 24 minutes',
  ]);
});

it('leaves out what is not measured', async () => {
  const few = ['--sizes', '1,25', '--windows', '0,1', '--no-poison', '--no-quiet'];
  expect(await planOf(...few, '--max-concurrency', '2', '--warmup', '0s')).toEqual([
    'mapping   write-orders, which calls write-orders of the embedded order API',
    'changes   batch size to 1 and 25 (now 25), window to 0 and 1 s (now 1 s), maximum concurrency to 2 (now 10); put back at the end',
    'sweep     3 cells in each of 3 rounds, in random order',
    'load      batch: up to 50/s for 10s; all runs take about 3 minutes',
  ]);
});
