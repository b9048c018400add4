import { describe, expect, it } from 'vitest';
import { wilsonInterval } from '../../../lib/core/statistics/wilson-interval.ts';

describe('wilsonInterval', () => {
  // Reference values: R, prop.test(x, n, correct = FALSE)$conf.int
  it.each([
    [10, 10, 0.7224672, 1],
    [0, 10, 0, 0.2775328],
    [15, 148, 0.0624, 0.1605],
  ])('of %i of %i is %f to %f', (successes, trials, low, high) => {
    const interval = wilsonInterval(successes, trials);
    expect(interval?.[0]).toBeCloseTo(low, 4);
    expect(interval?.[1]).toBeCloseTo(high, 4);
  });

  it('does not exist without trials', () => {
    expect(wilsonInterval(0, 0)).toBeNull();
  });
});
