import { describe, expect, it } from 'vitest';
import { orderBodies } from '../../../lib/core/order/order-bodies.ts';
import { DEFAULT_ORDER_MAPPING, type OrderMapping } from '../../../lib/core/order/order-mapping.ts';
import { compileTemplate } from '../../../lib/core/order/order-template.ts';
import { orderWriter } from '../../../lib/core/order/write-order.ts';
import { templateWriter } from '../../../lib/core/order/write-template.ts';

const SOURCE = { run: 'r1', seed: 7 };
const NOW_MS = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

function written(template: unknown, iteration = 3, isWarmup = false, source = SOURCE): unknown {
  const writer = templateWriter(compileTemplate(template), { ...source, ttlSeconds: 60 });
  return JSON.parse(writer.write(iteration, isWarmup, NOW_MS));
}

const mapped = (changes: Partial<OrderMapping>): OrderMapping => ({
  ...DEFAULT_ORDER_MAPPING,
  ...changes,
});

describe('a template', () => {
  it('writes constants as they are', () => {
    const template = {
      ...{ a: [1, -2.5, true, null, [], {}], 'ä "q"': 'text \n with "quotes"', $type: 'Order' },
      raw: { $literal: { text: 'Hello {{name}}', $oneOf: 1 } },
      left: undefined,
    };
    expect(written(template)).toEqual({
      ...{ a: [1, -2.5, true, null, [], {}], 'ä "q"': 'text \n with "quotes"', $type: 'Order' },
      raw: { text: 'Hello {{name}}', $oneOf: 1 },
    });
  });

  it('gives the five fields the values that the built-in order has', () => {
    const fields = ['orderId', 'customerId', 'productId', 'quantity', 'price'];
    const template = Object.fromEntries(fields.map((name) => [name, `{{${name}}}`]));
    const builtIn = orderWriter(SOURCE, DEFAULT_ORDER_MAPPING);
    for (const iteration of [0, 1, 99, 2 ** 33]) {
      expect(written(template, iteration)).toEqual(JSON.parse(builtIn(iteration, false, 0)));
      expect(written(template, iteration, true)).toEqual(JSON.parse(builtIn(iteration, true, 0)));
    }
  });

  it('writes a number where a placeholder stands alone, and a text in a text', () => {
    const { price, quantity } = JSON.parse(orderWriter(SOURCE, DEFAULT_ORDER_MAPPING)(3, false, 0));
    expect(
      written({
        ...{ qty: '{{quantity}}', text: '{{quantity:text}}', in: 'x{{ quantity }}/{{index}}' },
        ...{ cents: '{{price}}', price: '{{price:decimal}}', priceText: '{{price:decimal-text}}' },
        ...{
          index: '{{index}}',
          at: '{{timestamp}}',
          s: '{{timestamp:s}}',
          ms: '{{timestamp:ms}}',
        },
        expiresAt: '{{expiry}}',
      }),
    ).toEqual({
      ...{ qty: quantity, text: String(quantity), in: `x${quantity}/3` },
      ...{ cents: price, price: price / 100, priceText: (price / 100).toFixed(2) },
      ...{ index: 3, at: '2026-01-02T03:04:05.678Z', s: Math.floor(NOW_MS / 1000), ms: NOW_MS },
      expiresAt: Math.floor(NOW_MS / 1000) + 60,
    });
  });

  it('escapes what a run is called', () => {
    expect(written(['{{orderId}}'], 1, false, { run: 'a"\\b', seed: 1 })).toEqual(['lt-a"\\b-1']);
  });

  it('makes uuids of version 4 that no order of no run shares', () => {
    const seen = new Set<string>();
    for (const run of ['r1', 'r2', 'r3']) {
      for (const isWarmup of [false, true]) {
        for (let i = 0; i < 2000; i++) {
          const [one, again, other] = written(
            ['{{uuid}}', '{{uuid}}', '{{uuid:payment}}'],
            ...([i, isWarmup, { run, seed: 7 }] as const),
          ) as string[];
          expect(one).toBe(again);
          for (const uuid of [one, other] as string[]) {
            expect(uuid).toMatch(
              /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
            );
            seen.add(uuid);
          }
        }
      }
    }
    expect(seen.size).toBe(3 * 2 * 2000 * 2);
  });

  it('draws by weight, the same for the same seed, each choice by itself', () => {
    const template = {
      one: { $oneOf: ['a', 'b', { deep: ['{{index}}'] }], $weights: [6, 3, 1] },
      two: { $oneOf: ['a', 'b'] },
      never: { $oneOf: [1, 2], $weights: [0, 5] },
    };
    const counts: Record<string, number> = {};
    for (let i = 0; i < 10_000; i++) {
      const drawn = written(template, i) as { one: unknown; two: string; never: number };
      expect(drawn.never).toBe(2);
      const one = typeof drawn.one === 'string' ? drawn.one : 'deep';
      if (one === 'deep') expect(drawn.one).toEqual({ deep: [i] });
      counts[one] = (counts[one] ?? 0) + 1;
      counts[one + drawn.two] = (counts[one + drawn.two] ?? 0) + 1;
    }
    const share = (name: string) => (counts[name] ?? 0) / 10_000;
    expect(share('a')).toBeCloseTo(0.6, 1);
    expect(share('b')).toBeCloseTo(0.3, 1);
    expect(share('deep')).toBeCloseTo(0.1, 1);
    expect(share('aa')).toBeCloseTo(0.3, 1);
    expect(written(template, 5)).toEqual(written(template, 5, false, { run: 'other', seed: 7 }));
  });
});

describe('refuses, with the place of the fault,', () => {
  it.each<[string, unknown, RegExp]>([
    [
      'an unknown placeholder',
      { a: { b: '{{custmerId}}' } },
      /^body\.a\.b: \{\{custmerId\}\} is not a placeholder; expected one of \{\{orderId\}\}/,
    ],
    [
      'an unknown format',
      ['{{price:euro}}'],
      /^body\.0: \{\{price:euro\}\} is not a placeholder; expected one of \{\{price\}\}, \{\{price:decimal\}\}/,
    ],
    [
      'stray braces',
      { a: 'Hi {{ name' },
      /^body\.a: "Hi \{\{ name" contains \{\{ but no placeholder; .*\$literal/,
    ],
    [
      'a placeholder as a name',
      { '{{orderId}}': 1 },
      /^body\.\{\{orderId\}\}: names cannot contain placeholders/,
    ],
    ['an empty choice', { a: { $oneOf: [] } }, /^body\.a: \$oneOf: expected a list/],
    [
      'too few weights',
      { a: { $oneOf: [1, 2], $weights: [1] } },
      /^body\.a: \$weights: expected 2 numbers/,
    ],
    ['weights of nothing', { a: { $oneOf: [1], $weights: [0] } }, /not all of them 0/],
    ['a misspelt choice', { a: { $oneof: [1] } }, /^body\.a: \$oneof: expected \{ "\$oneOf"/],
    ['something beside a choice', { a: { $oneOf: [1], b: 1 } }, /nothing else/],
    ['a fault in a choice', { a: { $oneOf: ['{{x}}'] } }, /^body\.a\.\$oneOf\.0: \{\{x\}\}/],
    ['a function', { a: () => 1 }, /^body\.a: function is not a JSON value/],
    ['a date', { a: new Date() }, /^body\.a: object is not a JSON value/],
    ['no number', { a: Number.NaN }, /^body\.a: number is not a JSON value/],
  ])('%s', (_, template, message) => {
    expect(() => compileTemplate(template)).toThrow(message);
  });
});

describe('the id of an order', () => {
  const bodies = (changes: Partial<OrderMapping>, rows: readonly string[] = []) =>
    orderBodies(SOURCE, mapped(changes), rows);

  it('is where {{orderId}} is', () => {
    const { write, idOf } = bodies({ body: { order: { ref: 'ORD-{{orderId}}', n: '{{index}}' } } });
    expect(JSON.parse(write(4, false, 0)).order.ref).toBe('ORD-lt-r1-4');
    expect(idOf(4)).toBe('ORD-lt-r1-4');
    expect(idOf(4, true)).toBe('ORD-lt-r1-w4');
  });

  it('is in the field that is named', () => {
    const { write, idOf } = bodies({ body: { id: '{{uuid}}' }, idField: '$.id' });
    expect(JSON.parse(write(4, false, 0)).id).toBe(idOf(4));
  });

  it('is not known where nothing says so', () => {
    expect(bodies({ body: { n: '{{index}}', u: '{{uuid}}' } }).idOf(1)).toBeNull();
    expect(bodies({ body: { a: { $oneOf: ['{{orderId}}', 'x'] } } }).idOf(1)).toBeNull();
    expect(bodies({ body: ['{{orderId}} of {{timestamp}}'] }).idOf(1)).toBeNull();
  });

  it('is the one of the row in a file of bodies', () => {
    const rows = ['{"id": "a"}', '{"id":"{{orderId}}","q":"{{quantity}}"}'];
    const mapping = { bodies: { file: 'f', rows: 2, ownIds: false, sha256: '' }, idField: '$.id' };
    const { write, idOf } = bodies(mapping, rows);
    expect([0, 1, 2].map((i) => write(i, false, 0))).toEqual([
      ...['{"id": "a"}', expect.stringMatching(/^\{"id":"lt-r1-1","q":\d+\}$/)],
      '{"id": "a"}',
    ]);
    expect([0, 1, 3].map((i) => idOf(i))).toEqual(['a', 'lt-r1-1', 'lt-r1-3']);
  });

  it('encodes an order of other fields under the same id', () => {
    const { encode, idOfOrder } = bodies({ body: { id: '{{orderId}}', q: '{{quantity}}' } });
    const order = { orderId: 'x"y', customerId: 'c', productId: 'p', quantity: 99, price: 5 };
    expect(JSON.parse(encode(order, 0, 1))).toEqual({ id: 'x"y', q: 99 });
    expect(idOfOrder(order, 0)).toBe('x"y');
  });
});
