import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mostResent } from '../../../lib/core/load/resends.ts';
import { isResent } from '../../../lib/core/order/is-resent.ts';

const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const ORDERS = 20_000;

function drawn(seed: number, ratio: number): number[] {
  return Array.from({ length: ORDERS }, (_, i) => i).filter((i) => isResent(seed, ratio, i));
}

it('draws the share that was asked for, within four standard deviations', () => {
  for (const ratio of [0.01, 0.2, 0.5, 0.9]) {
    const deviation = Math.sqrt(ORDERS * ratio * (1 - ratio));
    for (const seed of [0, 1, 7, 4_294_967_295]) {
      expect(Math.abs(drawn(seed, ratio).length - ORDERS * ratio)).toBeLessThan(4 * deviation);
    }
  }
});

it('draws none for 0 and all for 1', () => {
  fc.assert(
    fc.property(seed, fc.integer({ min: 0, max: 2 ** 40 }), (seed, iteration) => {
      expect(isResent(seed, 0, iteration)).toBe(false);
      expect(isResent(seed, 1, iteration)).toBe(true);
    }),
  );
});

it('draws the same orders from release to release, and others for another seed', () => {
  expect(drawn(1, 0.1).slice(0, 8)).toMatchInlineSnapshot(`
    [
      3,
      7,
      8,
      42,
      47,
      67,
      74,
      75,
    ]
  `);
  expect(drawn(2, 0.1).slice(0, 8)).not.toEqual(drawn(1, 0.1).slice(0, 8));
});

it('draws each order without regard to the one before', () => {
  const again = new Set(drawn(1, 0.5));
  const pairs = [...again].filter((i) => again.has(i + 1)).length;
  expect(Math.abs(pairs - ORDERS / 4)).toBeLessThan(0.02 * ORDERS);
});

it('expects at most what a binomial has within four deviations, and never more than all', () => {
  expect(mostResent(10_000, 0.1)).toBeCloseTo(1000 + 4 * 30, 9);
  expect([mostResent(500, 0), mostResent(500, 1), mostResent(1, 0.5)]).toEqual([0, 500, 1]);
});
