import type { OrderMapping } from './order-mapping.ts';

/** The data that decides the orders of a run. */
export interface OrderSource {
  readonly run: string;
  readonly seed: number;
}

/** The form in which the target takes an order. */
export type Wire = Pick<OrderMapping, 'fields' | 'ttlField' | 'ttlSeconds'>;

export const CUSTOMERS = 10_000;
export const PRODUCTS = 1000;
export const MAX_QUANTITY = 10;
export const MIN_PRICE = 100;
export const MAX_PRICE = 100_000;
/** Spreads the bits of a hash over a second number. It is the prime next to 2^32 / golden ratio (Knuth, TAOCP 6.4). */
export const GOLDEN_PRIME = 0x9e3779b1;

/**
 * Returns a function that writes the order of an iteration as JSON with the names of the mapping. Everything except the
 * id depends only on seed and iteration; quantity is 1 to 10, price 100 to 100000 (cents). `nowEpochMs` is only read if
 * the mapping sets a TTL.
 *
 * It runs for every order in k6's interpreter, where creating an object costs more than all of the arithmetic. So it
 * creates none, and all texts are escaped beforehand.
 */
export function orderWriter(
  source: OrderSource,
  { fields, ttlField, ttlSeconds }: Wire,
): (iteration: number, isWarmup: boolean, nowEpochMs: number) => string {
  const { imul } = Math;
  const seedHash = hash32(source.seed);
  const run = JSON.stringify(source.run).slice(1, -1);
  const open = `{${JSON.stringify(fields.orderId)}:"${orderIdPrefix(run, false)}`;
  const openWarmup = `{${JSON.stringify(fields.orderId)}:"${orderIdPrefix(run, true)}`;
  const customer = `",${JSON.stringify(fields.customerId)}:"customer-`;
  const product = `",${JSON.stringify(fields.productId)}:"product-`;
  const quantity = `",${JSON.stringify(fields.quantity)}:`;
  const price = `,${JSON.stringify(fields.price)}:`;
  const expiry = ttlField === null ? null : `,${JSON.stringify(ttlField)}:`;

  return (iteration, isWarmup, nowEpochMs) => {
    const first = hash32(seedHash + iteration);
    const second = imul(first, GOLDEN_PRIME);
    const end = expiry === null ? '}' : `${expiry}${Math.floor(nowEpochMs / 1000) + ttlSeconds}}`;
    return `${isWarmup ? openWarmup : open}${iteration}${customer}${(first >>> 0) % CUSTOMERS}${product}${
      (second >>> 0) % PRODUCTS
    }${quantity}${1 + ((first >>> 16) % MAX_QUANTITY)}${price}${
      MIN_PRICE + ((second >>> 8) % (MAX_PRICE - MIN_PRICE + 1))
    }${end}`;
  };
}

/** Prefix of the ids of a run's orders; the number of the iteration follows. */
export function orderIdPrefix(run: string, isWarmup: boolean): string {
  return isWarmup ? `lt-${run}-w` : `lt-${run}-`;
}

/**
 * A bijection of the 32-bit integers in which every input bit changes each output bit with a probability close to one
 * half.
 *
 * Source: lowbias32 with the constants of https://github.com/skeeto/hash-prospector (public domain).
 */
export function hash32(value: number): number {
  const { imul } = Math;
  let x = imul(value ^ (value >>> 16), 0x21f0aaad);
  x = imul(x ^ (x >>> 15), 0x735a2d97);
  return x ^ (x >>> 15);
}
