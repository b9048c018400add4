import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../lib/core/load/seeded-random.ts';
import { ksDistance, ksLimit } from './kolmogorov-smirnov.ts';

const drawn = (seed: number, stream: number, count = 10_000) => {
  const random = seededRandom(seed, stream);
  return Array.from({ length: count }, random);
};

it('gives the same numbers for the same seed and stream, whatever others draw', () => {
  const [one, other] = [seededRandom(1, 0), seededRandom(2, 0)];
  const seen = Array.from({ length: 100 }, () => {
    other();
    return one();
  });
  expect(seen).toEqual(drawn(1, 0, 100));
});

it.each([0, 1, 4_294_967_295])('gives numbers between 0 and 1, all alike: seed %d', (seed) => {
  const values = drawn(seed, 0);
  expect(Math.min(...values)).toBeGreaterThan(0);
  expect(Math.max(...values)).toBeLessThan(1);
  expect(ksDistance(values, (value) => value)).toBeLessThan(ksLimit(values.length, 0.001));
});

it('gives no 0 where a hash is 0, whose logarithm would be infinite', () => {
  // The very seed that the constant of the first stream takes away again.
  expect(seededRandom(0x51ed, 0)()).toBe(2 ** -33);
});

describe('two streams', () => {
  it.each([
    ['of a seed', drawn(1, 0), drawn(1, 1)],
    ['of two seeds', drawn(1, 0), drawn(2, 0)],
    ['of a seed and of its neighbour', drawn(1, 1), drawn(2, 0)],
  ])('%s have nothing to do with each other', (_, one, other) => {
    expect(one.filter((value) => other.includes(value))).toEqual([]);
    const product = one.reduce((sum, value, i) => sum + (value - 0.5) * ((other[i] ?? 0) - 0.5), 0);
    // A twelfth is the variance of a uniform number; 1 in 1,000 goes beyond 3.3 standard deviations.
    expect(Math.abs((12 * product) / one.length)).toBeLessThan(3.3 / Math.sqrt(one.length));
  });
});
