import { describe, expect, it } from 'vitest';
import { parseBatchFlags } from '../../../lib/app/tune/parse-batch-flags.ts';

describe('parseBatchFlags', () => {
  it('measures four sizes with three windows unless told otherwise', async () => {
    expect(await parseBatchFlags([], {})).toMatchObject({
      sizes: [1, 10, 25, 100],
      windowsSeconds: [0, 1, 5],
      sloLagP95Ms: null,
      maximumConcurrency: null,
      poison: true,
      quiet: true,
      mapping: null,
      rounds: 3,
      runArgs: [],
      own: [],
    });
  });

  it('passes what is not its own to the runs, and can be asked the same again', async () => {
    const own = [
      ...['--sizes', '1,25', '--windows', '0,1', '--slo-lag-p95', '2000'],
      ...['--max-concurrency', '2', '--no-poison', '--no-quiet'],
    ];
    const flags = await parseBatchFlags([...own, '--rate', '20', '--label', 'x', '--yes'], {});
    expect(flags).toMatchObject({
      sizes: [1, 25],
      windowsSeconds: [0, 1],
      sloLagP95Ms: 2000,
      maximumConcurrency: 2,
      poison: false,
      quiet: false,
      yes: true,
      runArgs: ['--rate', '20', '--label', 'x'],
    });
    expect(await parseBatchFlags(flags.own, {})).toMatchObject({
      ...flags,
      yes: false,
      runArgs: [],
    });
  });

  it.each([
    ['--sizes', '0', /whole numbers from 1 to 10000, separated by commas/],
    ['--sizes', '1,,2', /whole numbers from 1 to 10000/],
    ['--windows', '301', /whole numbers from 0 to 300/],
    ['--windows', '0.5', /whole numbers from 0 to 300/],
    ['--max-concurrency', '1', /from 2 to 1000/],
    ['--slo-lag-p95', 'fast', /number from 1/],
    ['--out', 'x', /--out has no place in a sweep/],
  ])('refuses %s %s', async (flag, value, message) => {
    await expect(parseBatchFlags([flag, value], {})).rejects.toThrow(message);
  });
});
