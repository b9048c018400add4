import fc from 'fast-check';
import { expect, it } from 'vitest';
import { generatedMalformed } from '../../../lib/core/order/generated-malformed.ts';
import { orderBodies } from '../../../lib/core/order/order-bodies.ts';
import { DEFAULT_ORDER_MAPPING } from '../../../lib/core/order/order-mapping.ts';
import { orderFault } from './validate-order.ts';

const of = (seed: number, count = 20, mapping = DEFAULT_ORDER_MAPPING) => {
  const source = { run: 'r1', seed };
  return generatedMalformed(source, { mapping, bodies: orderBodies(source, mapping) }, count);
};

function isOrderBody(body: string): boolean {
  try {
    return orderFault(JSON.parse(body)) === null;
  } catch {
    return false;
  }
}

it('makes no order by any seed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (seed) => {
      expect(of(seed).filter(({ body }) => isOrderBody(body))).toEqual([]);
    }),
  );
});

it('makes the same for the same seed, others for others, and no two alike in the main', () => {
  expect(of(7)).toEqual(of(7));
  expect(of(8)).not.toEqual(of(7));
  expect(new Set(of(7, 200).map(({ name }) => name)).size).toBeGreaterThan(60);
});
