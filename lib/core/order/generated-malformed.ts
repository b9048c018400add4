import type { FieldFault } from './contract-terms.ts';
import { createOrder } from './create-order.ts';
import { isRefused, type MalformedChoice, type MalformedOrder } from './malformed-orders.ts';
import type { Order } from './order.ts';
import type { OrderSource } from './write-order.ts';

const TEXT_FIELDS = ['orderId', 'customerId', 'productId'] as const;
const NUMBER_FIELDS = ['quantity', 'price'] as const;
const GENERATOR_MODULUS = 2 ** 32;

/**
 * Returns malformed orders that nobody wrote by hand: each breaks a random part of the contract in a random way. The
 * same seed gives the same orders. None of them is valid under the contract.
 */
export function generatedMalformed(
  source: OrderSource,
  { mapping, bodies }: MalformedChoice,
  count: number,
): readonly MalformedOrder[] {
  const hasFields = mapping.body === null && mapping.bodies === null;
  const below = randomBelow(source.seed);
  const pick = <T>(values: readonly T[]): T => values[below(values.length)] as T;
  const all = Array.from({ length: count }, (_, i): MalformedOrder => {
    const order = createOrder({ ...source, run: `${source.run}-odd` }, i);
    const body = bodies.encode(order, i, 0);
    // A row of a file is only known inside k6, and the number of malformed orders must not depend on it.
    if (!hasFields || below(4) === 0) {
      const length = 1 + below(Math.max(1, body.length - 1));
      return { name: `JSON cut after ${length} characters`, body: body.slice(0, length) };
    }
    const isText = below(2) === 0;
    const field: keyof Order = isText ? pick(TEXT_FIELDS) : pick(NUMBER_FIELDS);
    const value = isText ? noText(below, pick) : noWholeNumber(below, pick);
    const wire = JSON.parse(body) as Record<string, unknown>;
    wire[mapping.fields[field]] = value;
    return {
      name: `${JSON.stringify(value)} as ${field}`,
      body: JSON.stringify(wire),
      field,
      fault: faultOf(value, isText),
    };
  });
  return all.filter((order) => isRefused(mapping, order));
}

function faultOf(value: unknown, isText: boolean): FieldFault {
  if (value === null) return 'null';
  return typeof value === 'number' && !isText ? 'fraction' : 'type';
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
 * A linear congruential generator; its high bits are good enough to choose test cases. Source: Numerical Recipes (Press
 * et al., 3rd ed., 7.1).
 */
function randomBelow(seed: number): Below {
  let state = seed % GENERATOR_MODULUS;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / GENERATOR_MODULUS) * limit);
  };
}
