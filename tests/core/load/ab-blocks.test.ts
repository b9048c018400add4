import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ARMS, abRounds, blockOf, shuffleRounds } from '../../../lib/core/load/ab-blocks.ts';
import { k6Options } from '../../../lib/core/load/k6-options.ts';
import { PROFILE_NAMES } from '../../../lib/core/load/load-plan.ts';
import { createSchedule } from '../../../lib/core/load/schedule.ts';
import { peakOf, totalOrders } from '../../../lib/core/load/stages.ts';
import { AB } from '../../../lib/questions/ab/profile.ts';
import { samplePlan } from '../report/sample-run.ts';

const rounds = (count: number) => abRounds({ rounds: count, blockSeconds: 8, ratePerSecond: 50 });
const names = (stages: readonly { name: string }[]) => stages.map(({ name }) => name);

describe('abRounds', () => {
  it('loads both arms alike in every round', () => {
    expect(names(rounds(1))).toEqual(['r1-a-settling', 'r1-a', 'r1-b-settling', 'r1-b']);
    const blocks = rounds(12).map(({ name }) => blockOf(name));
    expect(blocks.at(-1)).toEqual({ round: 12, arm: 'b', settling: false });
    for (const arm of ARMS) {
      expect(totalOrders(rounds(3).filter(({ name }) => blockOf(name)?.arm === arm))).toBe(1200);
    }
  });

  it.each(PROFILE_NAMES)('has three rounds or more at profile %s', (profile) => {
    const last = blockOf(AB.stages[profile].at(-1)?.name ?? '');
    expect(last?.round).toBeGreaterThanOrEqual(3);
    expect(AB.warmupSeconds).toBeUndefined();
  });

  it('knows its own names only', () => {
    expect(['steady', 'r1', 'r1-c', 'r-a', 'r1-ab', 'xr1-a'].map(blockOf)).toEqual(
      Array(6).fill(null),
    );
  });
});

describe('shuffleRounds', () => {
  const firsts = (count: number, seed: number) =>
    shuffleRounds(rounds(count), seed)
      .filter((_, i) => i % 4 === 0)
      .map(({ name }) => blockOf(name)?.arm);

  it('keeps rounds in their order and blocks whole, and begins as often with B as with A', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        fc.integer({ min: 1, max: 15 }),
        (seed, count) => {
          const stages = shuffleRounds(rounds(count), seed);
          expect(stages.map(({ name }) => blockOf(name)?.round)).toEqual(
            rounds(count).map(({ name }) => blockOf(name)?.round),
          );
          expect(stages.map(({ name }) => blockOf(name)?.settling)).toEqual(
            stages.map((_, i) => i % 2 === 0),
          );
          expect([...names(stages)].sort()).toEqual([...names(rounds(count))].sort());
          const bFirst = firsts(count, seed).filter((arm) => arm === 'b').length;
          expect(Math.abs(count - 2 * bFirst)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('is decided by the seed, and any order comes up', () => {
    expect(firsts(6, 3)).toEqual(firsts(6, 3));
    const orders = new Set(Array.from({ length: 400 }, (_, seed) => firsts(4, seed).join('')));
    expect(orders.size).toBe(6);
    const first = Array.from({ length: 400 }, (_, seed) => firsts(3, seed)[0]);
    const share = first.filter((arm) => arm === 'b').length / 400;
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(0.6);
  });
});

describe('the load of ab in k6', () => {
  const stages = shuffleRounds(rounds(3), 5);
  const plan = samplePlan({ scenario: 'ab', stages, targetB: 'http://127.0.0.1:2' });

  it('is one scenario over all blocks, whose drops are known by their step', () => {
    const { scenarios } = k6Options(plan);
    expect(scenarios).toMatchObject({ ab: { startTime: '0ms', maxDuration: '48000ms' } });
    expect(Object.keys(scenarios)).toEqual(['ab']);
  });

  it('never goes above the rate, since one arm is loaded at a time', () => {
    expect(peakOf(plan)).toBe(50);
    const { due, next } = createSchedule(plan);
    const blocks: string[] = [];
    while (next()) {
      const { name } = stages[due.stage] as (typeof stages)[number];
      if (blocks.at(-1) !== name) blocks.push(name);
    }
    expect(blocks).toEqual(names(stages));
    expect(due.order + 1).toBe(totalOrders(stages));
  });
});
