import type { Order } from './order.ts';

/** What decides the orders of a run. */
export interface OrderSource {
  readonly run: string;
  readonly seed: number;
}

const CUSTOMERS = 10_000;
const PRODUCTS = 1000;
const MAX_QUANTITY = 10;
const MIN_PRICE = 100;
const MAX_PRICE = 100_000;
/** Spreads the bits of a hash over a second number: the prime next to 2^32 / golden ratio (Knuth, TAOCP 6.4). */
const GOLDEN_PRIME = 0x9e3779b1;

// This runs for every order in an interpreter, where a property look-up and a call cost as much as a hash.
const imul = Math.imul;
let hashedSeed: number | null = null;
let seedHash = 0;

/**
 * Id of an order: `lt-` marks test data, the rest names its run and iteration. Warm-up orders count
 * for themselves, so that they never collide with measured ones.
 */
export function orderId(run: string, iteration: number, isWarmup = false): string {
  return isWarmup ? `lt-${run}-w${iteration}` : `lt-${run}-${iteration}`;
}

/** Ids of the measured orders of the iterations from `from` up to, without, `to`. */
export function* orderIds(range: {
  readonly run: string;
  readonly from: number;
  readonly to: number;
}): Generator<string> {
  for (let i = range.from; i < range.to; i++) yield orderId(range.run, i);
}

/**
 * The order of an iteration. Everything but the id depends on seed and iteration only; quantity is
 * 1 to 10, price 100 to 100000 (cents).
 */
export function createOrder(source: OrderSource, iteration: number, isWarmup = false): Order {
  if (source.seed !== hashedSeed) {
    hashedSeed = source.seed;
    seedHash = hash32(hashedSeed);
  }
  const first = hash32(seedHash + iteration);
  const second = imul(first, GOLDEN_PRIME);
  return {
    orderId: orderId(source.run, iteration, isWarmup),
    customerId: `customer-${(first >>> 0) % CUSTOMERS}`,
    productId: `product-${(second >>> 0) % PRODUCTS}`,
    quantity: 1 + ((first >>> 16) % MAX_QUANTITY),
    price: MIN_PRICE + ((second >>> 8) % (MAX_PRICE - MIN_PRICE + 1)),
  };
}

/**
 * A bijection of the 32-bit integers in which every input bit changes each output bit with a
 * probability close to one half.
 *
 * Source: lowbias32 with the constants of https://github.com/skeeto/hash-prospector (public domain).
 */
export function hash32(value: number): number {
  let x = imul(value ^ (value >>> 16), 0x21f0aaad);
  x = imul(x ^ (x >>> 15), 0x735a2d97);
  return x ^ (x >>> 15);
}
