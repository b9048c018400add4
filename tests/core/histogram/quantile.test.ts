import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lowerBoundMs, upperBoundMs } from '../../../lib/core/histogram/bounds.ts';
import { bucketIndexOf, bucketUpperBound } from '../../../lib/core/histogram/bucket-index.ts';
import { EMPTY_HISTOGRAM } from '../../../lib/core/histogram/histogram.ts';
import { meanOf } from '../../../lib/core/histogram/mean.ts';
import { quantile, rankOf } from '../../../lib/core/histogram/quantile.ts';
import { latencies, latencyMs } from './arbitraries.ts';
import { fromValues } from './from-values.ts';

const BUCKET_RATIO = 2 ** (1 / 64);
const ROUNDING = 1e-9;
const someLatencies = latencies.filter((values) => values.length > 0);
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('bucketIndexOf', () => {
  it('finds the bucket whose bounds enclose the value', () => {
    fc.assert(
      fc.property(latencyMs, (value) => {
        const index = bucketIndexOf(value);
        if (index === null) {
          expect(value).toBeLessThanOrEqual(2 ** -16);
          return;
        }
        expect(value).toBeLessThanOrEqual(bucketUpperBound(index));
        expect(value).toBeGreaterThan(bucketUpperBound(index - 1));
      }),
    );
  });

  it('puts a value at an upper bound into that bucket', () => {
    for (let index = -1000; index <= 1300; index += 1) {
      expect(bucketIndexOf(bucketUpperBound(index))).toBe(index);
    }
  });

  it('refuses what is no latency', () => {
    for (const value of [-1, Number.NaN, Infinity]) {
      expect(() => bucketIndexOf(value)).toThrow(RangeError);
    }
  });
});

describe('quantile', () => {
  it('is within one bucket of the exact sample quantile', () => {
    fc.assert(
      fc.property(someLatencies, share, (values, q) => {
        const sorted = values.toSorted((a, b) => a - b);
        const exact = sorted[rankOf(q, sorted.length) - 1] as number;
        const estimate = quantile(fromValues(values), q) as number;
        expect(estimate).toBeLessThanOrEqual(exact * BUCKET_RATIO * (1 + ROUNDING));
        expect(estimate).toBeGreaterThanOrEqual((exact / BUCKET_RATIO) * (1 - ROUNDING));
      }),
    );
  });

  it('rises with q and stays within the bounds', () => {
    fc.assert(
      fc.property(someLatencies, share, share, (values, a, b) => {
        const histogram = fromValues(values);
        const low = quantile(histogram, Math.min(a, b)) as number;
        const high = quantile(histogram, Math.max(a, b)) as number;
        expect(low).toBeLessThanOrEqual(high);
        expect(low).toBeGreaterThanOrEqual(lowerBoundMs(histogram) as number);
        expect(high).toBeLessThanOrEqual(upperBoundMs(histogram) as number);
      }),
    );
  });

  it('is within 1.5% for a point mass anywhere', () => {
    fc.assert(
      fc.property(latencyMs, fc.integer({ min: 1, max: 5000 }), share, (value, count, q) => {
        const estimate = quantile(fromValues(Array(count).fill(value)), q) as number;
        expect(Math.abs(estimate - value)).toBeLessThanOrEqual(0.015 * value);
      }),
    );
  });

  it('takes the nearest rank', () => {
    expect(rankOf(0, 10)).toBe(1);
    expect(rankOf(0.07, 100)).toBe(7);
    expect(rankOf(0.95, 20)).toBe(19);
    expect(rankOf(0.951, 20)).toBe(20);
    expect(rankOf(1, 10)).toBe(10);
  });

  it('of nothing is null, and of no share an error', () => {
    expect(quantile(EMPTY_HISTOGRAM, 0.5)).toBeNull();
    expect(() => quantile(EMPTY_HISTOGRAM, 1.1)).toThrow(RangeError);
    expect(() => quantile(EMPTY_HISTOGRAM, Number.NaN)).toThrow(RangeError);
  });
});

describe('meanOf and the bounds', () => {
  it('are within one bucket of the truth', () => {
    fc.assert(
      fc.property(someLatencies, (values) => {
        const histogram = fromValues(values);
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        expect(Math.abs((meanOf(histogram) as number) - mean)).toBeLessThanOrEqual(0.0055 * mean);
        expect(lowerBoundMs(histogram)).toBeLessThanOrEqual(Math.min(...values));
        expect(upperBoundMs(histogram)).toBeGreaterThanOrEqual(Math.max(...values));
      }),
    );
  });

  it('of nothing are null', () => {
    expect(meanOf(EMPTY_HISTOGRAM)).toBeNull();
    expect(lowerBoundMs(EMPTY_HISTOGRAM)).toBeNull();
    expect(upperBoundMs(EMPTY_HISTOGRAM)).toBeNull();
  });
});
