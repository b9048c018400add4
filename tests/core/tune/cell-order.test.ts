import { describe, expect, it } from 'vitest';
import { cellOrder } from '../../../lib/core/tune/cell-order.ts';

describe('cellOrder', () => {
  it('is a permutation, the same for the same seed and round', () => {
    const order = cellOrder(6, 7, 3);
    expect(order.toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(cellOrder(6, 7, 3)).toEqual(order);
  });

  it('differs from round to round, and puts each cell in each place about equally often', () => {
    const counts = Array.from({ length: 4 }, () => [0, 0, 0, 0]);
    for (let round = 1; round <= 4000; round++) {
      for (const [place, cell] of cellOrder(4, 1, round).entries()) {
        const row = counts[place] as number[];
        row[cell] = (row[cell] as number) + 1;
      }
    }
    for (const count of counts.flat()) {
      // Binomial with 4,000 draws: five standard deviations are 137.
      expect(Math.abs(count - 1000)).toBeLessThan(137);
    }
  });
});
