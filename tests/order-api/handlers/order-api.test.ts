import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrderHandler } from '../../../order-api/handlers/create-order.ts';
import { getOrderHandler } from '../../../order-api/handlers/get-order.ts';
import { openStore } from '../../../order-api/store/open-store.ts';
import type { OpenStore } from '../../../order-api/store/order-store.ts';
import { CONTEXT, eventOf, ORDER } from './http-events.ts';

const STORED_AT = 1_700_000_000_000;
const CREATED = { statusCode: 200, body: '"Order created successfully"' };
const BAD_REQUEST = { statusCode: 400, body: '"Bad Request"' };

function apiOf(store: OpenStore) {
  const create = createOrderHandler({ store, nowMs: () => STORED_AT });
  const get = getOrderHandler({ store });
  return {
    post: (body: unknown) => create(eventOf(JSON.stringify(body)), CONTEXT),
    postText: (body: string | undefined) => create(eventOf(body), CONTEXT),
    postBase64: (body: string) =>
      create({ ...eventOf(Buffer.from(body).toString('base64')), isBase64Encoded: true }, CONTEXT),
    get: (orderId: string) => get(eventOf(undefined, orderId), CONTEXT),
  };
}

describe.each(['dynalite', 'memory'] as const)('order API on %s', (kind) => {
  let store: OpenStore;
  let api: ReturnType<typeof apiOf>;
  beforeAll(async () => {
    store = await openStore({ kind }, () => {});
    api = apiOf(store);
  });
  afterAll(() => store.close());

  it('stores a new order and gives it back', async () => {
    const order = { orderId: 'new ☕', ...ORDER };
    expect(await api.post(order)).toMatchObject({
      ...CREATED,
      headers: { 'content-type': 'application/json', 'x-order-result': 'created' },
    });
    const read = await api.get('new ☕');
    expect(read.statusCode).toBe(200);
    expect(JSON.parse(read.body)).toEqual({ ...order, storedAt: STORED_AT });
  });

  it('answers a retry like the first time, and stores it once', async () => {
    const before = (await store.count()) ?? Number.NaN;
    const order = { orderId: 'twice', ...ORDER };
    await api.post(order);
    const retry = await api.post({ ...order, expiresAt: 1_800_000_000 });
    expect(retry).toMatchObject({ ...CREATED, headers: { 'x-order-result': 'duplicate' } });
    expect(await store.count()).toBe(before + 1);
    expect(JSON.parse((await api.get('twice')).body)).not.toHaveProperty('expiresAt');
  });

  it('creates one order of many equal ones at once', async () => {
    const order = { orderId: 'race', ...ORDER };
    const results = await Promise.all(Array.from({ length: 10 }, () => api.post(order)));
    const created = results.filter((result) => result.headers['x-order-result'] === 'created');
    expect(created).toHaveLength(1);
    expect(results.every((result) => result.statusCode === 200)).toBe(true);
  });

  it.each([
    ['customerId', 'c-2'],
    ['productId', 'p-2'],
    ['quantity', 3],
    ['price', 101],
  ])('refuses another %s under a known id with 409 and keeps the first', async (field, value) => {
    const order = { orderId: `conflict-${field}`, ...ORDER };
    await api.post(order);
    const conflict = await api.post({ ...order, [field]: value });
    expect(conflict).toMatchObject({ statusCode: 409, body: '"Conflict"' });
    expect(conflict.headers).not.toHaveProperty('x-order-result');
    expect(JSON.parse((await api.get(order.orderId)).body)).toMatchObject(order);
  });

  it('keeps the expiry of an order and drops attributes it does not know', async () => {
    await api.post({ orderId: 'ttl', ...ORDER, expiresAt: 1_800_000_000, note: 'x' });
    const read = JSON.parse((await api.get('ttl')).body);
    expect(read).toEqual({
      orderId: 'ttl',
      ...ORDER,
      storedAt: STORED_AT,
      expiresAt: 1_800_000_000,
    });
  });

  it('reads a base64 body as API Gateway sends binary ones', async () => {
    const body = JSON.stringify({ orderId: 'base64', ...ORDER });
    expect(await api.postBase64(body)).toMatchObject(CREATED);
  });

  it.each([
    [undefined],
    [''],
    ['not json'],
    ['null'],
    ['[]'],
    ['"text"'],
    ['{'],
    ['['.repeat(100_000)],
  ])('answers body %j with 400', async (body) => {
    expect(await api.postText(body)).toMatchObject(BAD_REQUEST);
  });

  it.each([
    ['orderId', ''],
    ['orderId', 1],
    ['orderId', undefined],
    ['orderId', null],
    ['orderId', 'x'.repeat(2049)],
    ['orderId', '€'.repeat(700)],
    ['orderId', 'half \ud83d'],
    ['customerId', ''],
    ['customerId', {}],
    ['productId', undefined],
    ['quantity', '2'],
    ['quantity', 1.5],
    ['quantity', undefined],
    ['quantity', true],
    ['price', 'ten'],
    ['price', null],
    ['price', 2 ** 53],
    ['expiresAt', 'tomorrow'],
  ])('answers %s = %j with 400 and stores nothing', async (field, value) => {
    const before = await store.count();
    expect(await api.post({ orderId: 'bad', ...ORDER, [field]: value })).toMatchObject(BAD_REQUEST);
    expect(await store.count()).toBe(before);
  });

  it('takes numbers that are whole however they are written', async () => {
    const body = `{"orderId":"e","customerId":"c","productId":"p","quantity":2.0,"price":1e2}`;
    expect(await api.postText(body)).toMatchObject(CREATED);
    expect(JSON.parse((await api.get('e')).body)).toMatchObject({ quantity: 2, price: 100 });
  });

  it.each(['__proto__', 'constructor', 'x'.repeat(2048)])('takes %j as an id', async (orderId) => {
    expect(await api.post({ orderId, ...ORDER })).toMatchObject(CREATED);
    expect((await api.get(orderId)).statusCode).toBe(200);
  });

  it.each(['missing', 'x'.repeat(2049), ''])('answers GET %j with 404', async (orderId) => {
    expect(await api.get(orderId)).toMatchObject({ statusCode: 404, body: '"Not Found"' });
  });
});

it('answers 500 and tells its owner when the store fails', async () => {
  const errors: unknown[] = [];
  const store = {
    putIfAbsent: () => Promise.reject(new Error('down')),
    get: () => Promise.reject(new Error('down')),
  };
  const onStoreError = (error: unknown) => errors.push(error);
  const failed = { statusCode: 500, body: '"Internal Server Error"' };
  const create = createOrderHandler({ store, nowMs: Date.now, onStoreError });
  const body = JSON.stringify({ orderId: 'a', ...ORDER });
  expect(await create(eventOf(body), CONTEXT)).toMatchObject(failed);
  const get = getOrderHandler({ store, onStoreError });
  expect(await get(eventOf(undefined, 'a'), CONTEXT)).toMatchObject(failed);
  expect(errors).toHaveLength(2);
});
