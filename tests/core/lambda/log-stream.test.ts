import { expect, it } from 'vitest';
import { isStreamOf, parseLogStream } from '../../../lib/core/lambda/log-stream.ts';

it.each([
  ['2026/11/20/[$LATEST]0123456789abcdef', null, '$LATEST'],
  ['2026/11/20/[42]0123456789abcdef', null, '42'],
  ['2026/11/20/orders-create[42]0123456789abcdef', 'orders-create', '42'],
  ['2026/11/20[42]0123456789abcdef', null, '42'],
  ['made by an emulator', null, null],
])('parses %s', (text, name, version) => {
  expect(parseLogStream(text)).toEqual({ name, version });
});

it('takes a stream for that of a function unless it says something else', () => {
  const orders = { name: 'orders', alias: 'live' };
  expect(isStreamOf({ name: 'orders', version: '7' }, orders, '7')).toBe(true);
  expect(isStreamOf({ name: 'orders', version: '6' }, orders, '7')).toBe(false);
  expect(isStreamOf({ name: 'orders', version: '6' }, orders, null)).toBe(true);
  expect(isStreamOf({ name: 'others', version: '7' }, orders, '7')).toBe(false);
  expect(isStreamOf({ name: null, version: null }, orders, '7')).toBe(true);
});
