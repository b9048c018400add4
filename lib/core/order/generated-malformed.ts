import { createOrder } from './create-order.ts';
import { orderEncoder } from './encode-order.ts';
import type { MalformedOrder } from './malformed-orders.ts';
import type { Order } from './order.ts';
import type { OrderMapping } from './order-mapping.ts';
import type { OrderSource } from './write-order.ts';

const TEXT_FIELDS = ['orderId', 'customerId', 'productId'] as const;
const NUMBER_FIELDS = ['quantity', 'price'] as const;
const GENERATOR_MODULUS = 2 ** 32;

/**
 * Malformed orders that nobody thought of one by one: a random part of the contract is broken in a
 * random way, the same for the same seed. Each is no order under the contract, whatever came out.
 */
export function generatedMalformed(
  source: OrderSource,
  mapping: Pick<OrderMapping, 'fields' | 'ttlField' | 'ttlSeconds'>,
  count: number,
): readonly MalformedOrder[] {
  const encode = orderEncoder(mapping);
  const below = randomBelow(source.seed);
  const pick = <T>(values: readonly T[]): T => values[below(values.length)] as T;
  return Array.from({ length: count }, (_, nth) => {
    const order = createOrder({ ...source, run: `${source.run}-odd` }, nth);
    const body = encode(order, 0);
    if (below(4) === 0) {
      const length = 1 + below(body.length - 1);
      return { name: `JSON cut after ${length} characters`, body: body.slice(0, length) };
    }
    const isText = below(2) === 0;
    const field: keyof Order = isText ? pick(TEXT_FIELDS) : pick(NUMBER_FIELDS);
    const value = isText ? noText(below, pick) : noWholeNumber(below, pick);
    const wire = JSON.parse(body) as Record<string, unknown>;
    wire[mapping.fields[field]] = value;
    return { name: `${JSON.stringify(value)} as ${field}`, body: JSON.stringify(wire) };
  });
}

type Below = (limit: number) => number;
type Choose = <T>(values: readonly T[]) => T;

function noText(below: Below, pick: Choose): unknown {
  return pick([below(1000), -below(1000) - 0.5, true, false, null, [`${below(1000)}`], { id: 1 }]);
}

function noWholeNumber(below: Below, pick: Choose): unknown {
  return pick([
    `${below(1000)}`,
    below(1000) + 0.25,
    -below(1000) - 0.5,
    true,
    false,
    null,
    [below(10)],
    {},
    'many',
    '',
  ]);
}

/**
 * Source: the linear congruential generator of Numerical Recipes (Press et al., 3rd ed., 7.1); good
 * enough to choose test cases by its high bits.
 */
function randomBelow(seed: number): Below {
  let state = seed % GENERATOR_MODULUS;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / GENERATOR_MODULUS) * limit);
  };
}
