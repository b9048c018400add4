import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createOrder } from '../../../lib/core/order/create-order.ts';
import { orderEncoder } from '../../../lib/core/order/encode-order.ts';
import { malformedOrders } from '../../../lib/core/order/malformed-orders.ts';
import { orderBodies } from '../../../lib/core/order/order-bodies.ts';
import { DEFAULT_ORDER_MAPPING } from '../../../lib/core/order/order-mapping.ts';
import { newRunId } from '../../../lib/core/order/run-id.ts';
import { orderIdPrefix, orderWriter } from '../../../lib/core/order/write-order.ts';
import { isOrder, orderFault } from './validate-order.ts';

const malformed = (names = DEFAULT_ORDER_MAPPING) =>
  malformedOrders(
    { run: 'r', seed: 1 },
    { mapping: names, bodies: orderBodies({ run: 'r', seed: 1 }, names) },
  );

const source = fc.record({ run: fc.string(), seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }) });
const iteration = fc.integer({ min: 0, max: 2 ** 40 });

it('makes orders that keep the contract', () => {
  fc.assert(
    fc.property(source, iteration, fc.boolean(), (from, i, isWarmup) => {
      const order = createOrder(from, i, isWarmup);
      expect(orderFault(order)).toBeNull();
      expect(order.quantity).toBeGreaterThanOrEqual(1);
      expect(order.quantity).toBeLessThanOrEqual(10);
      expect(order.price).toBeGreaterThanOrEqual(100);
      expect(order.price).toBeLessThanOrEqual(100_000);
    }),
  );
});

it('makes the same order of the same seed and iteration in every run', () => {
  const one = createOrder({ run: 'a', seed: 42 }, 7);
  expect({ ...createOrder({ run: 'b', seed: 42 }, 7), orderId: one.orderId }).toEqual(one);
  expect(one).toEqual({
    orderId: 'lt-a-7',
    customerId: one.customerId,
    productId: one.productId,
    quantity: one.quantity,
    price: one.price,
  });
  expect(createOrder({ run: 'a', seed: 43 }, 7)).not.toEqual(one);
});

it('keeps the orders of a seed from release to release', () => {
  expect(createOrder({ run: 'r', seed: 1 }, 0)).toMatchInlineSnapshot(`
    {
      "customerId": "customer-1463",
      "orderId": "lt-r-0",
      "price": 33319,
      "productId": "product-31",
      "quantity": 7,
    }
  `);
});

it('spreads customers, products and quantities', () => {
  const orders = Array.from({ length: 20_000 }, (_, i) => createOrder({ run: 'r', seed: 1 }, i));
  expect(new Set(orders.map((order) => order.customerId)).size).toBeGreaterThan(8000);
  expect(new Set(orders.map((order) => order.productId)).size).toBe(1000);
  for (let quantity = 1; quantity <= 10; quantity++) {
    const share = orders.filter((order) => order.quantity === quantity).length / orders.length;
    expect(share).toBeGreaterThan(0.09);
    expect(share).toBeLessThan(0.11);
  }
});

it('gives each order of a run an id of its own, marked as test data, apart from warm-up', () => {
  const source = { run: 'r', seed: 1 };
  const ids = Array.from({ length: 500 }, (_, i) => createOrder(source, i).orderId);
  const warmup = Array.from({ length: 500 }, (_, i) => createOrder(source, i, true).orderId);
  expect(new Set([...ids, ...warmup]).size).toBe(1000);
  expect(ids[499]).toBe('lt-r-499');
  expect(warmup[3]).toBe('lt-r-w3');
});

const text = fc.string({ unit: 'binary' });
const mapping = fc.record({
  fields: fc.record({
    orderId: text.map((name) => `a${name}`),
    customerId: text.map((name) => `b${name}`),
    productId: text.map((name) => `c${name}`),
    quantity: text.map((name) => `d${name}`),
    price: text.map((name) => `e${name}`),
  }),
  ttlField: fc.option(text.map((name) => `f${name}`)),
  ttlSeconds: fc.integer({ min: 1, max: 1e8 }),
});

it('writes what JSON would write, whatever is in texts and names', () => {
  const order = fc.record({
    orderId: text,
    customerId: text,
    productId: text,
    quantity: fc.integer(),
    price: fc.integer(),
  });
  fc.assert(
    fc.property(order, mapping, fc.double({ min: 0, max: 4e9, noNaN: true }), (one, names, now) => {
      const wire: Record<string, unknown> = {};
      for (const [field, name] of Object.entries(names.fields)) {
        wire[name] = one[field as keyof typeof one];
      }
      if (names.ttlField !== null) wire[names.ttlField] = Math.floor(now) + names.ttlSeconds;
      expect(JSON.parse(orderEncoder(names)(one, now))).toEqual(JSON.parse(JSON.stringify(wire)));
    }),
  );
});

it('writes an order of the contract as JSON.stringify does', () => {
  const order = createOrder({ run: 'r', seed: 1 }, 0);
  expect(orderEncoder(DEFAULT_ORDER_MAPPING)(order, 5)).toBe(JSON.stringify(order));
});

it('writes the order of an iteration as it encodes the one it creates', () => {
  fc.assert(
    fc.property(
      fc.record({ run: text, seed: fc.integer() }),
      fc.nat(),
      fc.boolean(),
      mapping,
      (source, iteration, isWarmup, names) => {
        const order = createOrder(source, iteration, isWarmup);
        expect(order.orderId).toBe(`${orderIdPrefix(source.run, isWarmup)}${iteration}`);
        const written = orderWriter(source, names)(iteration, isWarmup, 5900);
        expect(JSON.parse(written)).toEqual(JSON.parse(orderEncoder(names)(order, 5.9)));
      },
    ),
  );
});

it('breaks the contract in every malformed body, each under its own name', () => {
  const bodies = malformed();
  expect(new Set(bodies.map(({ name }) => name)).size).toBe(bodies.length);
  for (const { name, body } of bodies)
    expect(parses(body) && isOrder(JSON.parse(body)), name).toBe(false);
});

it('marks the ids in malformed bodies as test data', () => {
  const [cut] = malformed().filter(({ name }) => name === 'missing price');
  expect(JSON.parse(cut?.body ?? '').orderId).toMatch(/^lt-r-bad-\d+$/);
});

it('breaks mapped fields under their mapped names', () => {
  const fields = { ...DEFAULT_ORDER_MAPPING.fields, price: 'cents' };
  const bodies = malformed({ ...DEFAULT_ORDER_MAPPING, fields });
  const missing = bodies.find(({ name }) => name === 'missing price');
  expect(Object.keys(JSON.parse(missing?.body ?? ''))).toEqual([
    'orderId',
    'customerId',
    'productId',
    'quantity',
  ]);
});

it('names runs so that they sort by time', () => {
  expect(newRunId(Date.UTC(2026, 0, 31, 23, 59, 59, 999), () => 0.999_999)).toBe(
    '20260131-235959-9999',
  );
  expect(newRunId(0, Math.random)).toMatch(/^19700101-000000-[a-z0-9]{4}$/);
});

function parses(body: string): boolean {
  try {
    JSON.parse(body);
    return true;
  } catch {
    return false;
  }
}
