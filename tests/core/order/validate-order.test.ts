import { expect, it } from 'vitest';
import type { Order } from '../../../lib/core/order/order.ts';
import { isOrder, orderFault } from '../../../lib/core/order/validate-order.ts';

const ORDER: Order = {
  orderId: 'o',
  customerId: 'c',
  productId: 'p',
  quantity: 1,
  price: 100,
};

it('takes an order, with other fields too', () => {
  expect(orderFault(ORDER)).toBeNull();
  expect(isOrder({ ...ORDER, expiresAt: 5 })).toBe(true);
});

it.each([
  [null, 'not an object'],
  ['order', 'not an object'],
  [[ORDER], 'not an object'],
  [{}, 'orderId is not a text'],
  [{ ...ORDER, customerId: 1 }, 'customerId is not a text'],
  [{ ...ORDER, productId: '' }, 'productId is not a text'],
  [{ ...ORDER, quantity: '1' }, 'quantity is not a whole number'],
  [{ ...ORDER, quantity: 1.5 }, 'quantity is not a whole number'],
  [{ ...ORDER, price: Number.NaN }, 'price is not a whole number'],
  [{ ...ORDER, price: 2 ** 53 }, 'price is not a whole number'],
])('says what is wrong with %j', (value, fault) => {
  expect(orderFault(value)).toBe(fault);
});
