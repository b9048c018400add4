import { hash32 } from '../order/write-order.ts';

const TWO_TO_32 = 2 ** 32;

/**
 * Numbers in (0, 1), hashed from a counter: the same ones for the same seed and stream. Different streams of a
 * seed are independent.
 */
export function seededRandom(seed: number, stream: number): () => number {
  const key = hash32(hash32(seed) ^ hash32(stream + 0x51ed));
  let counter = 0;
  return () => ((hash32(key + counter++) >>> 0) + 0.5) / TWO_TO_32;
}
