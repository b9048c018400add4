import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createOrderHandler } from '../../../order-api/handlers/create-order.ts';
import { createOrderNaiveHandler } from '../../../order-api/handlers/create-order-naive.ts';
import { openStore } from '../../../order-api/store/open-store.ts';
import type { OpenStore } from '../../../order-api/store/order-store.ts';
import { CONTEXT, eventOf, ORDER } from './http-events.ts';

const nowMs = () => 1_700_000_000_000;
const BAD_REQUEST = [400, '"Bad Request"'];
const SERVER_ERROR = [500, '"Internal Server Error"'];

describe.each(['dynalite', 'memory'] as const)('naive and optimised handler on %s', (kind) => {
  let store: OpenStore;
  let naive: (body: string | undefined) => Promise<unknown[]>;
  let optimised: typeof naive;
  beforeAll(async () => {
    store = await openStore({ kind }, () => {});
    const handlers = [
      createOrderNaiveHandler({ openStore: () => store, nowMs }),
      createOrderHandler({ store, nowMs }),
    ];
    [naive, optimised] = handlers.map((handler) => async (body: string | undefined) => {
      const result = await handler(eventOf(body), CONTEXT);
      return [result.statusCode, result.body];
    }) as [typeof naive, typeof naive];
  });
  afterAll(() => store.close());

  it('differ on a retry: the naive one fails it, though the order is stored', async () => {
    const body = JSON.stringify({ orderId: 'retry', ...ORDER });
    expect(await naive(body)).toEqual([200, '"Order created successfully"']);
    expect(await naive(body)).toEqual(SERVER_ERROR);
    expect(await optimised(body)).toEqual([200, '"Order created successfully"']);
    expect(await store.get('retry')).toEqual({ orderId: 'retry', ...ORDER, storedAt: nowMs() });
  });

  it('differ on other content under a known id', async () => {
    await naive(JSON.stringify({ orderId: 'conflict', ...ORDER }));
    const other = JSON.stringify({ orderId: 'conflict', ...ORDER, price: 1 });
    expect(await naive(other)).toEqual(SERVER_ERROR);
    expect(await optimised(other)).toEqual([409, '"Conflict"']);
  });

  it.each([
    ['quantity', '2', 2],
    ['quantity', 2.9, 2],
    ['price', true, 1],
  ])('differ on %s = %j: the naive one takes it as %d', async (field, value, stored) => {
    const body = JSON.stringify({ orderId: `loose-${field}-${value}`, ...ORDER, [field]: value });
    expect(await optimised(body)).toEqual(BAD_REQUEST);
    expect(await naive(body)).toEqual([200, '"Order created successfully"']);
    expect(await store.get(`loose-${field}-${value}`)).toMatchObject({ [field]: stored });
  });

  it.each([
    ['orderId', ''],
    ['orderId', 5],
    ['orderId', null],
    ['orderId', 'x'.repeat(2049)],
    ['customerId', { a: 1 }],
    ['productId', 'half \ud83d'],
  ])('differ on %s = %j: DynamoDB refuses it only after the naive one', async (field, value) => {
    const before = await store.count();
    const body = JSON.stringify({ orderId: 'bad', ...ORDER, [field]: value });
    expect(await optimised(body)).toEqual(BAD_REQUEST);
    expect(await naive(body)).toEqual(SERVER_ERROR);
    expect(await store.count()).toBe(before);
  });

  it.each([
    [undefined],
    [''],
    ['not json'],
    ['null'],
    ['[]'],
    ['5'],
    ['"orderId"'],
    [JSON.stringify({ orderId: 'bad', ...ORDER, price: undefined })],
    [JSON.stringify({ ...ORDER })],
    [JSON.stringify({ orderId: 'bad', ...ORDER, quantity: null })],
    [JSON.stringify({ orderId: 'bad', ...ORDER, quantity: '1.5' })],
  ])('agree on %j', async (body) => {
    expect(await naive(body)).toEqual(BAD_REQUEST);
    expect(await optimised(body)).toEqual(BAD_REQUEST);
  });
});

it('makes its client in its first call, and once', async () => {
  const putIfAbsent = vi.fn(() => Promise.resolve(true));
  const openStoreOnce = vi.fn(() => ({ putIfAbsent, get: () => Promise.resolve(undefined) }));
  const handler = createOrderNaiveHandler({ openStore: openStoreOnce, nowMs });
  expect(openStoreOnce).not.toHaveBeenCalled();
  await handler(eventOf('not json'), CONTEXT);
  expect(openStoreOnce).not.toHaveBeenCalled();
  await handler(eventOf(JSON.stringify({ orderId: 'a', ...ORDER })), CONTEXT);
  await handler(eventOf(JSON.stringify({ orderId: 'b', ...ORDER })), CONTEXT);
  expect(openStoreOnce).toHaveBeenCalledTimes(1);
  expect(putIfAbsent).toHaveBeenCalledTimes(2);
});

it('answers 500 when the store fails, and lets an overflow through', async () => {
  const down = () => Promise.reject(new Error('down'));
  const onStoreError = vi.fn();
  const handler = createOrderNaiveHandler({
    openStore: () => ({ putIfAbsent: down, get: down }),
    nowMs,
    onStoreError,
  });
  const body = JSON.stringify({ orderId: 'a', ...ORDER });
  expect(await handler(eventOf(body), CONTEXT)).toMatchObject({ statusCode: 500 });
  expect(onStoreError).toHaveBeenCalledTimes(1);
  const overflow = body.replace('"price":100', '"price":1e999');
  await expect(handler(eventOf(overflow), CONTEXT)).rejects.toThrow(RangeError);
});
