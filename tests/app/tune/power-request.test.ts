import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parsePowerFlags } from '../../../lib/app/tune/parse-power-flags.ts';
import { readPowerRequest } from '../../../lib/app/tune/power-request.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'request-'));
});
afterEach(() => rm(dir, { recursive: true }));

const request = async (...argv: string[]) => readPowerRequest(await parsePowerFlags(argv, {}));

async function inputFile(rest: object): Promise<string> {
  const file = path.join(dir, 'input.json');
  await writeFile(file, JSON.stringify({ lambdaARN: 'orders', num: 10, ...rest }));
  return file;
}

describe('readPowerRequest', () => {
  it('has defaults', async () => {
    expect(await request()).toMatchObject({
      memoryMb: [128, 256, 512, 1024, 1769, 3008],
      strategy: 'cost',
      balancedWeight: 0.5,
      discardTopBottom: 0.2,
      provisionedConcurrency: null,
      by: 'load',
      events: null,
    });
  });

  it('spreads the calls of an input over the rounds, and takes what else it says', async () => {
    const input = await inputFile({
      powerValues: [256, 512],
      strategy: 'balanced',
      balancedWeight: 0.7,
      discardTopBottom: 0.1,
      parallelInvocation: true,
      payload: { a: 1 },
    });
    expect(await request('--input', input, '--rounds', '4')).toMatchObject({
      memoryMb: [256, 512],
      strategy: 'balanced',
      balancedWeight: 0.7,
      discardTopBottom: 0.1,
      by: 'invoke',
      calls: 3,
      isParallel: true,
      events: Array(10).fill('{"a":1}'),
    });
  });

  it('lets flags override the input', async () => {
    const input = await inputFile({ powerValues: [256, 512], strategy: 'speed' });
    const flags = ['--memory', '128', '--strategy', 'cost', '--calls', '7'];
    expect(await request('--input', input, ...flags)).toMatchObject({
      memoryMb: [128],
      strategy: 'cost',
      calls: 7,
    });
  });

  it('calls all at once if only cold starts count', async () => {
    const input = await inputFile({ onlyColdStarts: true });
    expect(await request('--input', input)).toMatchObject({
      isParallel: true,
      onlyColdStarts: true,
    });
  });

  it('takes a payload of one’s own', async () => {
    const file = path.join(dir, 'event.json');
    await writeFile(file, '{ "id": 1 }');
    expect(await request('--payload', file)).toMatchObject({ by: 'invoke', events: ['{"id":1}'] });
    await writeFile(file, '{ id');
    await expect(request('--payload', file)).rejects.toThrow(/expected an event as JSON/);
    await expect(request('--payload', `${file}x`)).rejects.toThrow(/cannot be read \(ENOENT\)/);
  });

  it('refuses direct calls under load', async () => {
    await expect(request('--by', 'load', '--calls', '7')).rejects.toThrow(/leave out --by load/);
  });
});
