import { describe, expect, it } from 'vitest';
import type { SpacedArrivals } from '../../../lib/core/load/arrivals.ts';
import type { Stage } from '../../../lib/core/load/load-plan.ts';
import { gammaShare, ksDistance, ksLimit } from './kolmogorov-smirnov.ts';
import { timesOf } from './schedule-orders.ts';

const POISSON: SpacedArrivals = { kind: 'poisson' };
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
/** Of all seeds together, so that none of them may fail. */
const ALPHA = 0.001 / SEEDS.length;

const slope = (fromRate: number, toRate: number, durationSeconds: number): Stage => ({
  ...{ name: 's', durationSeconds, fromRate, toRate },
});
const FLAT = slope(200, 200, 100);
const gapsOf = (times: readonly number[]) =>
  times.slice(1).map((time, i) => time - (times[i] as number));
const exponential = (gap: number) => -Math.expm1(-gap);
const uniform = (share: number) => share;

/** Gaps over their expected length: they are counted in the orders that the stage expects in them. */
function gapsIn(stage: Stage, arrivals: SpacedArrivals, seed: number): readonly number[] {
  const orders = timesOf({ stages: [stage], arrivals, seed }).map(areaOf(stage));
  // The way back from times rounds, and two that are nearly the same change places.
  return gapsOf(orders).map((gap) => Math.max(0, gap));
}

/** Orders of a stage that fall due before a moment of it. */
const areaOf =
  ({ fromRate, toRate, durationSeconds }: Stage) =>
  (ms: number): number => {
    const t = ms / 1000;
    return fromRate * t + ((toRate - fromRate) * t * t) / 2 / durationSeconds;
  };

describe.each([
  ['flat', FLAT],
  ['rising', slope(20, 380, 100)],
  ['falling', slope(380, 20, 100)],
  ['from nothing', slope(0, 400, 100)],
  ['down to nothing', slope(400, 0, 100)],
])('poisson on a %s stage', (_, stage) => {
  it.each(SEEDS)('has exponential gaps, after the change of time: seed %d', (seed) => {
    const gaps = gapsIn(stage, POISSON, seed);
    expect(gaps).toHaveLength(19_999);
    expect(ksDistance(gaps, exponential)).toBeLessThan(ksLimit(gaps.length, ALPHA));
  });

  it.each(SEEDS)('has orders everywhere alike: seed %d', (seed) => {
    const shares = timesOf({ stages: [stage], arrivals: POISSON, seed }).map(
      (dueMs) => areaOf(stage)(dueMs) / 20_000,
    );
    expect(ksDistance(shares, uniform)).toBeLessThan(ksLimit(shares.length, ALPHA));
  });
});

it('would not take other gaps for exponential ones', () => {
  for (const cv of [0.9, 1.1]) {
    const gaps = gapsIn(FLAT, { kind: 'cv', cv }, 1);
    expect(ksDistance(gaps, exponential)).toBeGreaterThan(ksLimit(gaps.length, ALPHA));
  }
});

it.each(SEEDS)('has gaps that know nothing of the one before: seed %d', (seed) => {
  const gaps = gapsIn(FLAT, POISSON, seed).map((gap) => gap - 1);
  const product = gaps.slice(1).reduce((sum, gap, i) => sum + gap * (gaps[i] as number), 0);
  // Of independent gaps the correlation has a standard deviation of 1 / √n; 3.9 of them are passed by 1 in 10,000.
  expect(Math.abs(product / gaps.length)).toBeLessThan(3.9 / Math.sqrt(gaps.length));
});

it.each([1, 3])('lays %d orders out as it does many', (orders) => {
  const last = Array.from({ length: 5000 }, (_, seed) =>
    timesOf({ stages: [slope(orders, orders, 1)], arrivals: POISSON, seed }).at(-1),
  ).map((dueMs = Number.NaN) => dueMs / 1000);
  // Of independent places the last is below one where all of them are.
  expect(ksDistance(last, (share) => share ** orders)).toBeLessThan(ksLimit(5000, ALPHA));
});

describe.each([
  [0.5, 4, 24],
  [2, 0.25, 0.906_402_477_055_477],
  [1, 1, 1],
])('cv:%d', (cv, shape, gammaOfShapePlus1) => {
  const long = slope(500, 500, 100);

  it.each([1, 2, 3])('has gaps of that variation: seed %d', (seed) => {
    const gaps = gapsOf(timesOf({ stages: [long], arrivals: { kind: 'cv', cv }, seed }));
    expect(gaps).toHaveLength(49_999);
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
    expect(Math.abs(Math.sqrt(variance) / mean / cv - 1)).toBeLessThan(0.03);
  });

  it.each(SEEDS)('has gamma-distributed gaps, on a slope too: seed %d', (seed) => {
    const stage = slope(20, 380, 100);
    const gaps = gapsIn(stage, { kind: 'cv', cv }, seed).map((gap) => gap * shape);
    const distribution = gammaShare(shape, gammaOfShapePlus1);
    expect(ksDistance(gaps, distribution)).toBeLessThan(ksLimit(gaps.length, ALPHA));
  });
});

it('is the same for poisson and for cv:1', () => {
  const [poisson, gamma] = [POISSON, { kind: 'cv', cv: 1 } as const].map((arrivals) =>
    timesOf({ stages: [slope(1, 9, 10)], arrivals, seed: 3 }),
  );
  expect(gamma).toEqual(poisson);
});
