import { describe, expect, it } from 'vitest';
import { bootstrapLogSe } from '../../../lib/core/compare/block-bootstrap.ts';
import { groupsTest } from '../../../lib/core/compare/effect-test.ts';
import { newcombeTest } from '../../../lib/core/compare/newcombe.ts';
import { runsNeeded, smallestEffect } from '../../../lib/core/compare/smallest-effect.ts';
import {
  pooledCounts,
  pooledLogQuantile,
  sketchOf,
} from '../../../lib/core/compare/window-sketch.ts';
import { tQuantile, tTwoSidedP } from '../../../lib/core/statistics/distributions.ts';
import { holmAdjusted } from '../../../lib/core/statistics/holm.ts';
import { SimulatedTarget } from '../../../studies/compare/simulated-runs.ts';
import { fromValues } from '../histogram/from-values.ts';

it('knows Student’s t (table of the NIST handbook, 1.3.6.7.2)', () => {
  expect(tQuantile(0.975, 4)).toBeCloseTo(2.776, 3);
  expect(tQuantile(0.95, 19)).toBeCloseTo(1.729, 3);
  expect(tTwoSidedP(-2.776_445, 4)).toBeCloseTo(0.05, 6);
});

it('corrects p values as R does: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")', () => {
  const adjusted = holmAdjusted([0.01, 0.04, 0.03, 0.005]);
  for (const [i, p] of [0.03, 0.06, 0.06, 0.02].entries()) expect(adjusted[i]).toBeCloseTo(p, 12);
});

describe('Newcombe', () => {
  const share = (hits: number, trials: number, overdispersion = 1) => ({
    ...{ hits, trials, overdispersion },
  });
  /** So many degrees of freedom that t is normal. */
  const MANY = 1e7;

  it.each([
    // Newcombe 1998, table II, method 10: 56/70 against 48/80, and 9/10 against 3/10.
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
  ])('equals the published interval of %d/%d − %d/%d', (x1, n1, x2, n2, low, high) => {
    const [from, to] = newcombeTest(share(x2, n2), share(x1, n1), MANY).interval(0.95);
    expect(from).toBeCloseTo(low, 3);
    expect(to).toBeCloseTo(high, 3);
  });

  it('has a p value that agrees with its interval', () => {
    const test = newcombeTest(share(990, 1000), share(975, 1000), 18);
    const [low, high] = test.interval(1 - test.pValue);
    expect(Math.min(Math.abs(low), Math.abs(high))).toBeCloseTo(0, 6);
  });

  it('takes orders that fail together for fewer orders, on each side', () => {
    const fewer = newcombeTest(share(495, 500), share(195, 200), 18).interval(0.95);
    const clustered = newcombeTest(share(990, 1000, 2), share(975, 1000, 5), 18).interval(0.95);
    expect(clustered[0]).toBeCloseTo(fewer[0], 12);
    expect(clustered[1]).toBeCloseTo(fewer[1], 12);
  });
});

describe('groups of runs', () => {
  it('without a history is Welch’s test', () => {
    // Textbook check by hand: means 3 and 5, variances 2.5 and 10.
    const { test } = groupsTest([1, 2, 3, 4, 5], [1, 3, 5, 7, 9], null);
    expect(test.effect).toBe(2);
    expect(test.se).toBeCloseTo(Math.sqrt(2.5), 12);
    expect(test.df).toBeCloseTo(5.882, 3);
  });

  it('pools the history, unless the runs are clearly noisier than it', () => {
    const [a, b] = [
      [1, 2, 3, 4, 5],
      [2, 3, 4, 5, 6],
    ];
    const pooled = groupsTest(a, b, { sd: 1.5, df: 19 });
    expect(pooled).toMatchObject({ noisierThanHistory: false, test: { df: 27 } });
    expect(groupsTest(a, b, { sd: 0.1, df: 19 }).noisierThanHistory).toBe(true);
  });
});

it('foretells how many runs settle it', () => {
  expect(smallestEffect(1, 1e6, 0.05)).toBeCloseTo(2.8016, 3);
  const design = {
    least: 3,
    seOf: (n: number) => 0.03 * Math.sqrt(2 / n),
    dfOf: (n: number) => 2 * n - 2,
  };
  const goal = { effect: 0.09, minEffect: 0.03, tolerance: 0.1, alpha: 0.05 };
  expect(runsNeeded(design, goal)).toBe(4);
  expect(runsNeeded(design, { ...goal, effect: 0.029 })).toBeLessThan(10);
  const noisy = { ...design, seOf: (n: number) => 0.2 * Math.sqrt(2 / n) };
  expect(runsNeeded(noisy, { ...goal, effect: 0.0301 })).toBeNull();
});

describe('the block bootstrap', () => {
  it('finds the quantile and close to its true spread, the same each time', () => {
    const target = new SimulatedTarget(1, { runCv: 0 });
    const runs = target.runs(40, { withinNoise: true });
    const levels = runs.map(({ levels: { p95 } }) => p95 as number);
    const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length;
    const spread = Math.sqrt(
      levels.reduce((sum, level) => sum + (level - mean) ** 2, 0) / (levels.length - 1),
    );
    const told = runs.reduce((sum, { within }) => sum + (within?.se.p95 ?? 0), 0) / runs.length;
    expect(told / spread).toBeGreaterThan(0.65);
    expect(told / spread).toBeLessThan(1.1);
  });

  it('is exact on pooled windows and repeats itself', () => {
    const windows = [1, 2, 3, 4, 5].map((level) => fromValues([level, level * 2, level * 3]));
    const sketch = sketchOf([...windows, fromValues([])]);
    expect(sketch.windows).toBe(5);
    const median = Math.exp(pooledLogQuantile(sketch, pooledCounts(sketch), 0.5));
    expect(Math.abs(median / 5 - 1)).toBeLessThan(0.011);
    expect(bootstrapLogSe(sketch, [0.5])).toEqual(bootstrapLogSe(sketch, [0.5]));
  });
});
