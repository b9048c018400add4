import { hash32 } from './write-order.ts';

/** Keeps this draw independent of the content of the orders, which comes from the same seed. */
const SALT = 0x5e9d;
const TWO_TO_32 = 2 ** 32;

/**
 * Whether the order of an iteration is sent again. This holds for a share of `ratio` (0 to 1) of all iterations, and
 * for the same ones with the same seed, so the seed, ratio and number of iterations in a report identify them.
 */
export function isResent(seed: number, ratio: number, iteration: number): boolean {
  return hash32(hash32(seed ^ SALT) + iteration) >>> 0 < ratio * TWO_TO_32;
}
