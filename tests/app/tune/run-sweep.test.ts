import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { runSweep, type Sweep } from '../../../lib/app/tune/run-sweep.ts';
import { UserError } from '../../../lib/core/errors/user-error.ts';
import { stopWhen } from './stop-after.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'sweep-'));
});
afterEach(() => rm(dir, { recursive: true }));

interface Cell {
  readonly size: number;
}
interface Measured {
  readonly value: number;
  readonly problem: string | null;
}

const SIZES = [1, 2, 3, 4];

function sweepOf(rest: Partial<Sweep<Cell, Measured>> = {}): Sweep<Cell, Measured> {
  return {
    cells: SIZES.map((size) => ({ size })),
    rounds: 3,
    seed: 5,
    keyOf: ({ size }) => String(size),
    nameOf: ({ size }) => `size ${size}`,
    apply: async () => undefined,
    measure: async ({ size }) => ({
      exitCode: 0,
      measurement: { value: size * 10, problem: null },
      figures: `${size * 10} ms`,
    }),
    failed: (problem) => ({ value: 0, problem }),
    cellSchema: z.object({ size: z.number() }),
    measurementSchema: z.object({ value: z.number(), problem: z.string().nullable() }),
    ...rest,
  };
}

/** Runs the sweep; `isStopped` says when its process receives a signal. */
async function run(rest: Partial<Sweep<Cell, Measured>> = {}, isStopped = () => false) {
  const said: string[] = [];
  let clock = 0;
  const end = await runSweep(sweepOf(rest), {
    dir,
    stop: stopWhen(isStopped),
    say: (line) => void said.push(line),
    nowMs: () => clock++,
  });
  return { ...end, said, order: end.rounds.map(({ cell, round }) => `${round}-${cell.size}`) };
}

describe('runSweep', () => {
  it('measures every cell once in each round, in random order that the seed decides', async () => {
    const { order, isComplete, said } = await run();
    expect(isComplete).toBe(true);
    expect(order.map((key) => key[0]).join('')).toBe('111122223333');
    expect(new Set(order).size).toBe(12);
    expect(said[0]).toMatch(/^round 1 of 3, size \d: \d0 ms$/);
    await rm(path.join(dir, 'rounds'), { recursive: true });
    expect((await run()).order).toEqual(order);
    await rm(path.join(dir, 'rounds'), { recursive: true });
    expect((await run({ seed: 6 })).order).not.toEqual(order);
  });

  it('measures some cells once, in their own order and after all rounds', async () => {
    const once = [{ size: 9 }, { size: 8 }];
    const { order, isComplete, said } = await run({ once });
    expect(isComplete).toBe(true);
    expect(order.slice(12)).toEqual(['1-9', '1-8']);
    expect(said[12]).toBe('once, size 9: 90 ms');
    await rm(path.join(dir, 'rounds', '1-9.json'));
    const resumed = await run({ once });
    expect(resumed.said).toEqual(['once, size 9: 90 ms']);
    expect(resumed.isComplete).toBe(true);
    await rm(path.join(dir, 'rounds', '1-8.json'));
    expect((await run({ once }, () => true)).isComplete).toBe(false);
  });

  it('applies a cell before it is measured', async () => {
    const calls: string[] = [];
    await run({
      rounds: 1,
      apply: async ({ size }) => void calls.push(`apply ${size}`),
      measure: async ({ size }) => {
        calls.push(`measure ${size}`);
        return { exitCode: 0, measurement: { value: 1, problem: null }, figures: '' };
      },
    });
    for (let at = 0; at < calls.length; at += 2) {
      expect(calls[at + 1]).toBe(calls[at]?.replace('apply', 'measure'));
    }
  });

  it('goes on where a signal stopped it, and does not count the cell that was being measured', async () => {
    let measured = 0;
    const measure: Sweep<Cell, Measured>['measure'] = async ({ size }) => {
      measured += 1;
      return { exitCode: 0, measurement: { value: size, problem: null }, figures: '' };
    };
    const stopped = await run({ measure }, () => measured >= 6);
    expect(stopped).toMatchObject({ isComplete: false, failure: null });
    expect(stopped.order).toHaveLength(5);
    const whole = await run({ measure });
    expect(whole.isComplete).toBe(true);
    expect(whole.order.toSorted()).toEqual((await run({ measure })).order.toSorted());
    expect(measured).toBe(6 + 7);
  });

  it('records a cell that is refused, and goes on', async () => {
    const { rounds, isComplete, said } = await run({
      apply: async ({ size }) => {
        if (size === 3) throw new UserError('E_USAGE', 'no such size');
      },
    });
    expect(isComplete).toBe(true);
    const failed = rounds.filter(({ cell }) => cell.size === 3);
    expect(failed.map(({ measurement }) => measurement.problem)).toEqual(
      Array(3).fill('no such size'),
    );
    expect(said).toContain('round 1 of 3, size 3: no such size');
  });

  it('ends if the platform cannot be reached, with what was measured', async () => {
    let applied = 0;
    const { order, failure, isComplete } = await run({
      apply: async () => {
        applied += 1;
        if (applied === 3) throw new UserError('E_PLATFORM_UNREACHABLE', 'gone', 4);
      },
    });
    expect(failure).toMatchObject({ code: 'E_PLATFORM_UNREACHABLE' });
    expect(order).toHaveLength(2);
    expect(isComplete).toBe(false);
  });

  it('lets a bug through', async () => {
    await expect(
      run({
        measure: async () => {
          throw new TypeError('oops');
        },
      }),
    ).rejects.toThrow(TypeError);
  });

  it('measures an INVALID cell once more, in a folder of its own', async () => {
    const folders: string[] = [];
    const { rounds, said } = await run({
      rounds: 1,
      measure: async ({ size }, { folder }) => {
        folders.push(path.basename(folder));
        const isInvalid = size === 2;
        return {
          exitCode: isInvalid ? 3 : 0,
          measurement: { value: size, problem: isInvalid ? 'INVALID' : null },
          figures: isInvalid ? 'INVALID' : 'fine',
        };
      },
    });
    expect(folders.toSorted()).toEqual(['1-1', '1-2', '1-2-again', '1-3', '1-4']);
    expect(rounds.find(({ cell }) => cell.size === 2)?.measurement.problem).toBe('INVALID');
    expect(said.filter((line) => line.includes('size 2'))).toEqual([
      'round 1 of 1, size 2: INVALID; measured once more',
      'round 1 of 1, size 2: INVALID',
    ]);
  });

  it('stores each round at once, and measures one again whose file is broken', async () => {
    await run({ rounds: 1 });
    const folder = path.join(dir, 'rounds');
    expect((await readdir(folder)).sort()).toEqual([
      '1-1.json',
      '1-2.json',
      '1-3.json',
      '1-4.json',
    ]);
    const file = path.join(folder, '1-2.json');
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
      cell: { size: 2 },
      round: 1,
      measurement: { value: 20 },
    });
    await writeFile(file, '{"cell":');
    const { isComplete, said } = await run({ rounds: 1 });
    expect(isComplete).toBe(true);
    expect(said).toEqual([
      `${file} cannot be read, so its round is measured again`,
      'round 1 of 1, size 2: 20 ms',
    ]);
  });

  it('leaves out stored rounds of cells that are not asked for', async () => {
    await run({ rounds: 2 });
    const { order } = await run({ rounds: 1, cells: [{ size: 2 }] });
    expect(order).toEqual(['1-2']);
  });
});
