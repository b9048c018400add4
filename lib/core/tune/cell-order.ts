import { seededRandom } from '../load/seeded-random.ts';

/**
 * The order in which a round measures the cells: a random permutation of their indices, the same for the same seed and
 * round. Fisher and Yates's shuffle.
 */
export function cellOrder(cells: number, seed: number, round: number): readonly number[] {
  const random = seededRandom(seed, round);
  const order = Array.from({ length: cells }, (_, index) => index);
  for (let last = cells - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] as number, order[last] as number];
  }
  return order;
}
