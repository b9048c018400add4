import { expect, it } from 'vitest';
import { parseAccepted, renderAccepted } from '../../../lib/core/load/accepted-sample.ts';
import { parseJsonPath, renderJsonPath } from '../../../lib/core/order/json-path.ts';
import { idFromOf, orderIdFrom, unknownIdLike } from '../../../lib/core/order/order-id-from.ts';

it.each<[string, string, string | undefined, string | null]>([
  ['$.id', '{"id":"a"}', undefined, 'a'],
  ['$.id', '{"id":17}', undefined, '17'],
  ['$.data.orders[0].id', '{"data":{"orders":[{"id":"x"}]}}', undefined, 'x'],
  ["$['order id']", '{"order id":"x"}', undefined, 'x'],
  ['$.id', '{"id":""}', undefined, null],
  ['$.id', '{"id":{}}', undefined, null],
  ['$.id', '<html>', undefined, null],
  ['$.constructor', '{}', undefined, null],
  ['Location', '', '/orders/a%20b', 'a b'],
  ['Location', '', 'https://shop.test/v1/orders/7/?x=1#y', '7'],
  ['Location', '{"id":"a"}', undefined, null],
])('the id by %s in %s is %s', (idFrom, body, location, expected) => {
  expect(orderIdFrom(idFrom, { body, location })).toBe(expected);
});

it.each<[string, string, string | undefined, string | null]>([
  ['an id at the top', '{"id":"s-1","orderId":"o"}', undefined, '$.id'],
  ['a wrapped one', '{"data":{"createOrder":{"id":5}}}', undefined, '$.data.createOrder.id'],
  ['the order’s own id', '{"orderId":"mine"}', '/orders/other', null],
  ['a Location', '""', '/orders/9', 'Location'],
  ['nothing', '{"items":[{"id":1}]}', undefined, null],
])('%s is found in an answer', (_, body, location, expected) => {
  expect(idFromOf({ body, location }, 'mine')).toBe(expected);
});

it.each([
  '5d0b0f9e-6a3b-4a1e-9c7d-2f4e8a1b3c5d',
  '17',
  '2026000017',
  'ord_ab12',
  'zzz',
  '01H8XGJWBWBAQ4Z2Q2Q2',
])('makes an unknown id of the kind of %s', (id) => {
  const unknown = unknownIdLike(id);
  expect(unknown).not.toBe(id);
  const kind = (text: string) => text.replace(/\d/g, '0').replace(/[a-fA-F]/g, 'a');
  if (id !== '17' && id !== 'zzz') expect(kind(unknown)).toBe(kind(id));
});

it('reads paths as it writes them, and nothing else', () => {
  for (const text of ['$.a', '$.a.b[0].c-d', "$['a b'][2]", '$.$type']) {
    expect(renderJsonPath(parseJsonPath(text) ?? [])).toBe(text);
  }
  for (const text of ['', '$', 'a', '$a', '$.', '$..a', '$.a[', '$[x]', '$.a b', '$.a.*']) {
    expect(parseJsonPath(text), text).toBeNull();
  }
});

it('hands over the id that an API made', () => {
  const times = { iteration: 5, acceptedMs: 6, sentMs: 4 };
  const accepted = { ...times, id: 'a"\\ü]}' };
  expect(parseAccepted([renderAccepted(accepted), '{"accepted":[5,6]}'])).toEqual([accepted]);
  expect(parseAccepted([renderAccepted(times)])).toEqual([times]);
});
