import { expect, it } from 'vitest';
import { orderTexts } from '../../../lib/core/reads/order-texts.ts';

it('finds the texts of an order at any depth', () => {
  const order = {
    id: 'o-1',
    customer: { id: 'c-7', note: '' },
    items: [{ sku: 'p-3', qty: 2 }],
    gift: null,
  };
  expect(orderTexts(JSON.stringify(order))).toEqual(['o-1', 'c-7', 'p-3']);
  expect(orderTexts('"text"')).toEqual(['text']);
  expect(orderTexts('a=b')).toEqual([]);
});
