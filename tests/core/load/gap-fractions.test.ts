import { describe, expect, it } from 'vitest';
import { gapFractions } from '../../../lib/core/load/gap-fractions.ts';
import { seededRandom } from '../../../lib/core/load/seeded-random.ts';
import { ksDistance, ksLimit } from './kolmogorov-smirnov.ts';

const sharesOf = (cv: number, toCome: number) => {
  const fraction = gapFractions(cv, seededRandom(1, 0));
  return Array.from({ length: 20_000 }, () => fraction(toCome));
};
const LIMIT = ksLimit(20_000, 0.001);

it.each([1, 2, 10])('lets the first of %d orders lie as the least of uniform numbers', (orders) => {
  const least = (share: number) => 1 - (1 - share) ** orders;
  expect(ksDistance(sharesOf(1, orders), least)).toBeLessThan(LIMIT);
});

describe('with two gaps, one before the order and one after it', () => {
  it('has the share of Beta(½, ½), the arcsine law, for cv:√2', () => {
    const arcsine = (share: number) => (2 / Math.PI) * Math.asin(Math.sqrt(share));
    expect(ksDistance(sharesOf(Math.SQRT2, 1), arcsine)).toBeLessThan(LIMIT);
  });

  it('has the share of Beta(2, 2) for cv:√½', () => {
    const beta = (share: number) => share * share * (3 - 2 * share);
    expect(ksDistance(sharesOf(Math.SQRT1_2, 1), beta)).toBeLessThan(LIMIT);
  });
});

it('keeps the smallest shares of long stretches', () => {
  const fraction = gapFractions(1, () => 1 - 2 ** -33);
  expect(fraction(1_000_000) * 1_000_000 * 2 ** 33).toBeCloseTo(1, 6);
});

// Of a shape of 0.01 a gamma number is one to the hundredth power, and soon too small for a double.
it.each([1, 2, 1000])('is a share where both sides of it are too small: %d to come', (toCome) => {
  expect(gapFractions(10, () => 1e-5)(toCome)).toBe(0);
});

it.each([0.1, 0.5, 1, 2, 10])('is never less than nothing nor more than all: cv:%d', (cv) => {
  for (const toCome of [1, 2, 1_000_000]) {
    expect(sharesOf(cv, toCome).every((share) => share >= 0 && share <= 1)).toBe(true);
  }
});
