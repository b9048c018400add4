import { describe, expect, it } from 'vitest';
import { contentsOf, judgeRead } from '../../../lib/core/reads/read-answer.ts';

const MARKS = {
  orderId: 'lt-r1-7',
  idField: 'orderId',
  contents: ['customer-12', 'product-3'],
};
const ORDER = { orderId: 'lt-r1-7', customerId: 'customer-12', productId: 'product-3', price: 100 };
const read = (body: unknown, status = 200) =>
  judgeRead({ status, body: typeof body === 'string' ? body : JSON.stringify(body) }, MARKS);

describe('judgeRead', () => {
  it.each([
    ['the order', { ...ORDER, storedAt: 5 }],
    ['its id with a time', { orderId: 'lt-r1-7', storedAt: 5 }],
    ['a record inside', { data: { order: { ...ORDER, storedAt: 5 } } }],
    ['a time beside it', { storedAt: 5, item: ORDER }],
    [
      'the first of a list',
      [
        { ...ORDER, storedAt: 5 },
        { orderId: 'lt-r1-8', storedAt: 9 },
      ],
    ],
  ])('finds %s', (_, body) => {
    expect(read(body)).toEqual({ kind: 'found', storedAt: 5 });
  });

  it('finds an order without a time, or with none yet', () => {
    expect(read(ORDER)).toEqual({ kind: 'found', storedAt: undefined });
    expect(read({ ...ORDER, storedAt: null })).toEqual({ kind: 'found', storedAt: undefined });
  });

  it('reads JSON behind a byte order mark, as answers to orders are read', () => {
    expect(read(`\ufeff${JSON.stringify(ORDER)}`)).toMatchObject({ kind: 'found' });
  });

  it('takes 404 and 410 for not there', () => {
    expect(read('<html>', 404)).toEqual({ kind: 'absent' });
    expect(read('', 410)).toEqual({ kind: 'absent' });
  });

  it.each([
    ['403', { message: 'Forbidden' }, 403],
    ['308', '', 308],
    ['204', '', 204],
    ['200 without a body', '', 200],
    ['200 that is not JSON', '<html>Log in</html>', 200],
    ['200 without the order', 'null', 200],
    ['200 without the order', [], 200],
    ['200 without the order', { message: 'order lt-r1-7 not found' }, 200],
    ['200 with another order', { ...ORDER, orderId: 'lt-r1-70', storedAt: 5 }, 200],
    ['200 with another order', { ...ORDER, orderId: 'x', asked: 'lt-r1-7', storedAt: 5 }, 200],
    ['200 with only the id', { orderId: 'lt-r1-7', status: 'PENDING' }, 200],
  ])('learns nothing from %s', (what, body, status) => {
    expect(read(body, status)).toEqual({ kind: 'unclear', what });
  });
});

it('knows an order again by any text that it was sent with', () => {
  const body = { id: 'a-1', n: 3, customer: { name: 'Ada', note: '' }, items: [{ sku: 'b-2' }] };
  expect(contentsOf(JSON.stringify(body), 'a-1')).toEqual(['Ada', 'b-2']);
});
