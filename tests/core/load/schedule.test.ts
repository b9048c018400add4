import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SpacedArrivals } from '../../../lib/core/load/arrivals.ts';
import type { Stage } from '../../../lib/core/load/load-plan.ts';
import { createSchedule, ordersByStage, scheduledOrders } from '../../../lib/core/load/schedule.ts';
import { durationSeconds, plannedStarted, totalOrders } from '../../../lib/core/load/stages.ts';
import { ordersOf, timesOf } from './schedule-orders.ts';

const EVEN: SpacedArrivals = { kind: 'even' };
const POISSON: SpacedArrivals = { kind: 'poisson' };

const slope = (fromRate: number, toRate: number, seconds: number): Stage => ({
  ...{ name: 's', durationSeconds: seconds, fromRate, toRate },
});
const flat = (rate: number, seconds: number): Stage => slope(rate, rate, seconds);

const rate = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 300 })).map((it) => it / 10);
const seconds = fc.integer({ min: 1, max: 300 }).map((tenths) => tenths / 10);
const stages = fc
  .array(
    fc.oneof(
      fc.tuple(rate, rate, seconds),
      fc.tuple(rate, seconds).map(([r, s]) => [r, r, s] as const),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((all) => all.map(([from, to, length]) => slope(from, to, length)));
const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const arrivals = fc.oneof(
  fc.constantFrom(EVEN, POISSON),
  fc.integer({ min: 1, max: 100 }).map((tenths) => ({ kind: 'cv' as const, cv: tenths / 10 })),
);

describe('any schedule', () => {
  it('has ascending times, each within its stage', () => {
    fc.assert(
      fc.property(stages, arrivals, seed, (shape, how, by) => {
        const starts = shape.map((_, i) => durationSeconds(shape.slice(0, i)) * 1000);
        let beforeMs = 0;
        for (const { dueMs, stage } of ordersOf({ stages: shape, arrivals: how, seed: by })) {
          const startMs = starts[stage] ?? Number.NaN;
          const endMs = startMs + (shape[stage] as Stage).durationSeconds * 1000;
          // Sums and roots round: two orders of nearly the same moment may change places in the last digit.
          expect(dueMs).toBeGreaterThan(Math.max(beforeMs, startMs) - 1e-6);
          expect(dueMs).toBeLessThan(endMs + 1e-6);
          beforeMs = dueMs;
        }
      }),
    );
  });

  it('holds in every stage as many orders as planned, counted in it and over all', () => {
    fc.assert(
      fc.property(stages, arrivals, seed, (shape, how, by) => {
        const planned = ordersByStage(shape);
        const all = ordersOf({ stages: shape, arrivals: how, seed: by });
        expect(all.map(({ order }) => order)).toEqual([...all.keys()]);
        expect(all.map(({ stage, nth }) => [stage, nth])).toEqual(
          planned.flatMap((count, stage) =>
            Array.from({ length: count }, (_, nth) => [stage, nth]),
          ),
        );
      }),
    );
  });

  it('is the same for the same input, and of two in turn neither disturbs the other', () => {
    fc.assert(
      fc.property(stages, arrivals, seed, (shape, how, by) => {
        const input = { stages: shape, arrivals: how, seed: by };
        const times = timesOf(input);
        const [one, other] = [createSchedule(input), createSchedule(input)];
        const another = createSchedule({ ...input, seed: by + 1 });
        const seen: number[] = [];
        while (one.next()) {
          another.next();
          seen.push(one.due.dueMs);
          other.next();
          expect(other.due.dueMs).toBe(one.due.dueMs);
        }
        expect(seen).toEqual(times);
      }),
    );
  });
});

describe('the number of orders', () => {
  it('is the rounded area under the rate', () => {
    fc.assert(
      fc.property(stages, (shape) => {
        const counts = ordersByStage(shape);
        for (const count of counts) expect(Number.isInteger(count) && count >= 0).toBe(true);
        const sum = counts.reduce((all, count) => all + count, 0);
        expect(scheduledOrders(shape)).toBe(sum);
        const area = totalOrders(shape);
        if (area > 0 && area <= 0.5) expect(sum).toBe(1);
        else expect(Math.abs(sum - area)).toBeLessThanOrEqual(0.5 + 1e-6);
      }),
    );
  });

  it.each([
    [[flat(10, 10)], [100]],
    // What was asked for is never nothing.
    [[flat(0.49, 1)], [1]],
    [
      [flat(0, 5), flat(0.02, 15), flat(0.02, 5)],
      [0, 1, 0],
    ],
    [[flat(0, 5)], [0]],
    [[flat(0.51, 1)], [1]],
    // What a stage leaves of an order is the next one's.
    [
      [flat(0.4, 1), flat(0.4, 1), flat(0.4, 1)],
      [0, 1, 0],
    ],
    [
      [flat(0, 5), slope(0, 2, 5), flat(0, 5)],
      [0, 5, 0],
    ],
    // 15 tenths add up to 1.5000000000000002.
    [Array.from({ length: 15 }, () => flat(0.1, 1)), [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
    [[], []],
  ] as const)('of %j is %j', (shape, counts) => {
    expect(ordersByStage(shape)).toEqual(counts);
    expect(ordersOf({ stages: shape, arrivals: POISSON, seed: 1 })).toHaveLength(
      scheduledOrders(shape),
    );
  });
});

describe('even arrivals', () => {
  it('lie at n + ½ of the area under the rate', () => {
    fc.assert(
      fc.property(stages, seed, (shape, by) => {
        fc.pre(totalOrders(shape) > 0.5);
        for (const { order, dueMs } of ordersOf({ stages: shape, arrivals: EVEN, seed: by })) {
          expect(Math.abs(plannedStarted(shape, 0, dueMs) - order - 0.5)).toBeLessThan(1e-5);
        }
      }),
    );
  });

  const each = (count: number, ms: (n: number) => number) =>
    Array.from({ length: count }, (_, n) => ms(n));
  it.each([
    ['flat', [flat(10, 2)], each(20, (n) => 100 * (n + 0.5))],
    ['from 0 up', [slope(0, 10, 10)], each(50, (n) => 1000 * Math.sqrt(2 * (n + 0.5)))],
    ['down to 0', [slope(10, 0, 10)], each(50, (n) => 10_000 - 1000 * Math.sqrt(2 * (49.5 - n)))],
    // Λ(t) = 5 t + t² / 2
    ['up', [slope(5, 15, 10)], each(100, (n) => 1000 * (Math.sqrt(25 + 2 * (n + 0.5)) - 5))],
    [
      'after a jump, with a part of an order left over',
      [flat(1, 1.2), flat(10, 1)],
      [500, ...each(10, (n) => 1200 + 100 * (n + 0.3))],
    ],
  ] as const)('%s', (_, shape, expected) => {
    const times = timesOf({ stages: shape, arrivals: EVEN, seed: 1 });
    expect(times).toHaveLength(expected.length);
    for (const [n, dueMs] of times.entries()) expect(dueMs).toBeCloseTo(expected[n] as number, 6);
  });

  it('do not depend on the seed', () => {
    const shape = [slope(1, 9, 10), flat(3, 4)];
    const [one, other] = [1, 2].map((by) => timesOf({ stages: shape, arrivals: EVEN, seed: by }));
    expect(one).toEqual(other);
  });
});

it.each<SpacedArrivals>([POISSON, { kind: 'cv', cv: 0.5 }, { kind: 'cv', cv: 2 }])(
  'draws other times for another seed, and for another stage of the same shape: %j',
  (how) => {
    const shape = [flat(10, 10), flat(10, 10)];
    const [one = [], other = []] = [1, 2].map((by) =>
      timesOf({ stages: shape, arrivals: how, seed: by }),
    );
    expect(one.filter((dueMs) => other.includes(dueMs))).toEqual([]);
    const second = one.slice(100).map((dueMs) => dueMs - 10_000);
    expect(one.slice(0, 100).filter((dueMs) => second.includes(dueMs))).toEqual([]);
  },
);

it('replays recorded times as they are, equal ones too, and nothing after them', () => {
  const recordedMs = [0, 0.25, 0.25, 1000.5];
  const recorded = { file: 'f', speed: 1, orders: 4, peakPerSecond: 3, sha256: '' };
  const replayed = ordersOf({
    stages: [flat(4, 1)],
    arrivals: { kind: 'recorded', ...recorded },
    seed: 1,
    recordedMs,
  });
  expect(replayed).toEqual(
    recordedMs.map((dueMs, order) => ({ order, nth: order, stage: 0, dueMs })),
  );
});

it('goes through millions of orders one by one, in one and the same object', () => {
  const schedule = createSchedule({ stages: [flat(10_000, 500)], arrivals: POISSON, seed: 1 });
  const { due, next } = schedule;
  let beforeMs = 0;
  let isAscending = true;
  while (next()) {
    isAscending &&= due.dueMs >= beforeMs;
    beforeMs = due.dueMs;
  }
  expect(isAscending).toBe(true);
  expect(due.order).toBe(5_000_000 - 1);
  expect(schedule.due).toBe(due);
  expect(beforeMs).toBeLessThanOrEqual(500_000);
  expect(beforeMs).toBeGreaterThan(499_900);
});
