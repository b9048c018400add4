import { describe, expect, it } from 'vitest';
import { trimmedMean } from '../../../../lib/core/tune/power/trimmed-mean.ts';

describe('a trimmed mean', () => {
  const values = [9, 1, 100, 4, 3, 5, 2, 7, 8, 6, -50];

  it('leaves out the same number at each end, rounded down', () => {
    expect(trimmedMean(values, 0.2).mean).toBe((2 + 3 + 4 + 5 + 6 + 7 + 8) / 7);
    expect(trimmedMean([1, 2, 3, 100], 0.2).mean).toBe(26.5);
    expect(trimmedMean([5], 0.4)).toEqual({ mean: 5, variance: null });
  });

  it('has the variance of the winsorized values', () => {
    // 2, 2, 2, 3, 4, 5, 6, 7, 8, 8, 8: mean 5, squares 9 · 3 + 4 + 1 + 0 + 1 + 4 + 9 · 3 = 64.
    expect(trimmedMean(values, 0.2).variance).toBeCloseTo(64 / (7 * 6));
    expect(trimmedMean([1, 2, 3, 4], 0).variance).toBeCloseTo(5 / 3 / 4);
  });

  it('of nothing is an error', () => {
    expect(() => trimmedMean([], 0.2)).toThrow(RangeError);
  });
});
