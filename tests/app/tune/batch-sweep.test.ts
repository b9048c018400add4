import { describe, expect, it } from 'vitest';
import { readRunConfig } from '../../../lib/app/run/read-run-config.ts';
import { batchLoadConfig, batchTrials } from '../../../lib/app/tune/batch-sweep.ts';
import { parseBatchFlags } from '../../../lib/app/tune/parse-batch-flags.ts';

async function configOf(...argv: string[]) {
  const flags = await parseBatchFlags(argv, {});
  return batchLoadConfig(await readRunConfig(['batch', ...flags.runArgs], {}, '/'), flags);
}

describe('the load of a batch sweep', () => {
  it('is as long as the windows need, unless a length or a profile was given', async () => {
    expect(await configOf()).toMatchObject({
      ratePerSecond: 50,
      durationMs: 20_000,
      warmupMs: 2000,
    });
    expect(await configOf('--windows', '0,1')).toMatchObject({ durationMs: 10_000 });
    expect(await configOf('--duration', '40s', '--rate', '5')).toMatchObject({
      ratePerSecond: 5,
      durationMs: 40_000,
    });
    expect(await configOf('--warmup', '0s')).toMatchObject({ warmupMs: 0 });
    expect(await configOf('--profile', 'quick')).toMatchObject({
      ratePerSecond: null,
      durationMs: null,
    });
  });

  it('is refused if it is too short for a window', async () => {
    await expect(configOf('--duration', '15s')).rejects.toThrow(
      '--duration: a window of 5 s needs a load of 20 s or more',
    );
  });
});

it('measures the quiet queue and the message that never succeeds once, after the rounds, unless told otherwise', async () => {
  const conditionsOf = async (...argv: string[]) => {
    const { rounds, once } = batchTrials(await parseBatchFlags(argv, {}));
    return { rounds: rounds.length, once: once.map(({ condition }) => condition).join(' ') };
  };
  expect(await conditionsOf('--sizes', '1,25', '--windows', '0,1')).toEqual({
    rounds: 3,
    once: 'quiet quiet poison poison',
  });
  expect(await conditionsOf('--sizes', '1,25', '--windows', '0,1', '--no-quiet')).toMatchObject({
    once: 'poison poison',
  });
  expect(await conditionsOf('--sizes', '1,25', '--windows', '0,1', '--no-poison')).toMatchObject({
    once: 'quiet quiet',
  });
});
