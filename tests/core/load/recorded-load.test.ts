import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Recording } from '../../../lib/core/load/recorded-arrivals.ts';
import { type RecordedChoice, recordedLoad } from '../../../lib/core/load/recorded-load.ts';
import { scheduledOrders } from '../../../lib/core/load/schedule.ts';
import { totalOrders } from '../../../lib/core/load/stages.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const CHOICE: RecordedChoice = { file: 'orders.csv', speed: 1, seed: 1, sha256 };
const START_MS = 1_732_000_000_000;

const load = (recording: Recording, choice: Partial<RecordedChoice> = {}) =>
  recordedLoad(recording, { ...CHOICE, ...choice });
const times = (...offsetsMs: readonly number[]): Recording => ({
  ...{ kind: 'times', timesMs: offsetsMs.map((ms) => START_MS + ms) },
});
const counts = (lengthMs: number, ...of: readonly number[]): Recording => ({
  kind: 'counts',
  buckets: of.map((count, i) => ({ startMs: START_MS + i * lengthMs, lengthMs, count })),
});

const offsets = fc
  .array(fc.integer({ min: 0, max: 60_000 }), { minLength: 1, maxLength: 200 })
  .map((all) => all.sort((a, b) => a - b));

describe('times', () => {
  it('begin with the first order, and keep their distances', () => {
    const { stage, arrivals, recordedMs } = load(times(700, 700, 1200.5, 4700));
    expect(recordedMs).toEqual([0, 0, 500.5, 4000]);
    expect(stage).toEqual({
      ...{ name: 'replay', durationSeconds: 4.001, fromRate: 4000 / 4001, toRate: 4000 / 4001 },
    });
    expect(arrivals).toEqual({
      ...{ kind: 'recorded', file: 'orders.csv', speed: 1, orders: 4, peakPerSecond: 3 },
      sha256: sha256('0\n0\n500.5\n4000'),
    });
  });

  it.each([
    [2, [0, 0.17, 1000, 2000]],
    [0.5, [0, 0.67, 4000, 8000]],
    [3, [0, 0.11, 666.67, 1333.33]],
  ])('are replayed %d times as fast, to a hundredth of a millisecond', (speed, expected) => {
    const { recordedMs, arrivals } = load(times(0, 1 / 3, 2000, 4000), { speed });
    // START_MS leaves a third of a millisecond no more digits than these.
    expect(recordedMs.map((ms) => Math.round(ms * 10) / 10)).toEqual(
      expected.map((ms) => Math.round(ms * 10) / 10),
    );
    for (const ms of recordedMs) expect(ms * 100).toBeCloseTo(Math.round(ms * 100), 6);
    expect(arrivals.speed).toBe(speed);
  });

  it('last at least a second, and until the last order has fallen due', () => {
    expect(load(times(0)).stage.durationSeconds).toBe(1);
    expect(load(times(0, 999)).stage.durationSeconds).toBe(1);
    expect(load(times(0, 1000)).stage.durationSeconds).toBe(1.001);
    expect(load(times(0, 1000), { speed: 100 }).stage.durationSeconds).toBe(1);
    fc.assert(
      fc.property(offsets, fc.integer({ min: 1, max: 100 }), (of, tenths) => {
        const { stage, recordedMs } = load(times(...of), { speed: tenths / 10 });
        const lengthMs = stage.durationSeconds * 1000;
        expect(lengthMs).toBeGreaterThanOrEqual(1000);
        expect(recordedMs.at(-1)).toBeLessThan(lengthMs);
      }),
    );
  });

  it('are a stage of as many orders, which is what caps and answers count', () => {
    fc.assert(
      fc.property(offsets, fc.integer({ min: 1, max: 100 }), (of, tenths) => {
        const { stage, arrivals } = load(times(...of), { speed: tenths / 10 });
        expect(arrivals.orders).toBe(of.length);
        expect(totalOrders([stage])).toBeCloseTo(of.length, 6);
        expect(scheduledOrders([stage])).toBe(of.length);
      }),
    );
  });
});

describe('the peak', () => {
  it.each([
    ['of any second, not of whole ones', [0, 900, 1000, 1800, 1850], 4],
    ['without the order a second before', [0, 1000, 2000], 1],
    ['of one moment', [0, 0, 0, 5000], 3],
    ['of a single order', [0], 1],
  ])('is %s', (_, of, peak) => {
    expect(load(times(...of)).arrivals.peakPerSecond).toBe(peak);
  });

  it('is never passed in a second, and met in one', () => {
    fc.assert(
      fc.property(offsets, (of) => {
        const { recordedMs, arrivals } = load(times(...of));
        const from = recordedMs.map(
          (ms) => recordedMs.filter((other) => other >= ms && other < ms + 1000).length,
        );
        expect(arrivals.peakPerSecond).toBe(Math.max(...from));
      }),
    );
  });

  it('goes up with the speed', () => {
    expect(load(times(0, 500, 1000, 1500)).arrivals.peakPerSecond).toBe(2);
    expect(load(times(0, 500, 1000, 1500), { speed: 2 }).arrivals.peakPerSecond).toBe(4);
  });
});

describe('the hash', () => {
  const hashOf = (recording: Recording, choice: Partial<RecordedChoice> = {}) =>
    load(recording, choice).arrivals.sha256;

  it('is of the times that are replayed, not of the file, its name or its day', () => {
    const later: Recording = { kind: 'times', timesMs: [86_400_000, 86_400_500] };
    expect(hashOf(later, { file: 'other.jsonl', seed: 9 })).toBe(hashOf(times(100, 600)));
    expect(hashOf(times(0, 1000), { speed: 2 })).toBe(hashOf(times(0, 500)));
  });

  it('is another for other times', () => {
    const all = [times(0, 500), times(0, 501), times(0, 500, 500), times(0)];
    expect(new Set(all.map((one) => hashOf(one))).size).toBe(4);
    expect(hashOf(times(0, 500), { speed: 2 })).not.toBe(hashOf(times(0, 500)));
  });

  it('of counts is another for another seed, which places their orders', () => {
    const minutes = counts(60_000, 20, 0, 5);
    expect(hashOf(minutes)).toBe(hashOf(minutes));
    expect(hashOf(minutes, { seed: 2 })).not.toBe(hashOf(minutes));
  });
});

describe('counts', () => {
  it('put as many orders into each bucket, in ascending order, from the first order on', () => {
    const bucketCounts = fc
      .array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 10 })
      .filter((of) => of.some((count) => count > 0));
    fc.assert(
      fc.property(bucketCounts, fc.integer({ min: 0, max: 1000 }), (of, seed) => {
        const { recordedMs, arrivals } = load(counts(1000, ...of), { seed });
        expect(arrivals.orders).toBe(of.reduce((sum, count) => sum + count, 0));
        expect([...recordedMs].sort((a, b) => a - b)).toEqual(recordedMs);
        expect(recordedMs[0]).toBe(0);
        expect(recordedMs.at(-1)).toBeLessThanOrEqual(of.length * 1000);
        // The first order is somewhere in the first bucket that has one.
        const before = of.findIndex((count) => count > 0) * 1000;
        let placed = 0;
        for (const [i, count] of of.entries()) {
          const mine = recordedMs.slice(placed, placed + count);
          placed += count;
          for (const ms of mine) {
            expect(ms).toBeGreaterThanOrEqual(i * 1000 - before - 1000 - 0.01);
            expect(ms).toBeLessThanOrEqual((i + 1) * 1000 - before + 0.01);
          }
        }
      }),
    );
  });

  it('do not place the orders of equal buckets alike', () => {
    const { recordedMs } = load(counts(1000, 10, 10));
    const gaps = recordedMs.slice(1).map((ms, i) => Math.round(ms - (recordedMs[i] as number)));
    expect(gaps.slice(0, 9)).not.toEqual(gaps.slice(10));
  });

  it('are as fast as asked for', () => {
    const [plain, fast] = [1, 4].map((speed) => load(counts(60_000, 30, 60), { speed }));
    expect(fast?.recordedMs.at(-1)).toBeCloseTo((plain?.recordedMs.at(-1) ?? 0) / 4, 1);
    expect(fast?.recordedMs).toHaveLength(90);
  });
});
