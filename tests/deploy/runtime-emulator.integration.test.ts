import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, it, type TestContext } from 'vitest';
import type { ChildServer } from '../../order-api/servers/child-server.ts';
import { startDynalite } from '../../order-api/servers/start-dynalite.ts';
import { openStore, TABLE_NAME } from '../../order-api/store/open-store.ts';
import type { OpenStore } from '../../order-api/store/order-store.ts';
import { eventOf, ORDER } from '../order-api/handlers/http-events.ts';
import { bundleFunction, functionEntries } from './bundle-function.ts';
import { type EmulatedFunction, missingEmulator, startEmulated } from './start-runtime-emulator.ts';

/** The first request of an emulator starts the runtime, which loads the bundle. */
const TIMEOUT_MS = 60_000;

let folder: string;
let dynalite: ChildServer;
let store: OpenStore;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'order-load-rie-'));
  dynalite = await startDynalite();
  store = await openStore({ kind: 'endpoint', url: dynalite.endpoint }, () => {});
});
afterAll(async () => {
  await store?.close();
  await dynalite?.stop();
  await rm(folder, { recursive: true });
});

/** A deployed bundle in the emulator, until the running test ends. */
async function start(
  context: TestContext,
  bundle: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<EmulatedFunction> {
  const missing = missingEmulator();
  if (missing !== null) context.skip(missing);
  const entry = functionEntries().find(({ entry }) => basename(entry, '.ts') === bundle);
  if (entry === undefined) throw new Error(`the template has no ${bundle}`);
  const emulated = await startEmulated(await bundleFunction(entry, folder), {
    TABLE_NAME,
    AWS_ENDPOINT_URL_DYNAMODB: dynalite.endpoint,
    ...variables,
  });
  context.onTestFinished(() => emulated.stop());
  return emulated;
}

const bodyOf = (order: unknown) => eventOf(JSON.stringify(order));

it('create-order and get-order answer seven events by the contract', {
  timeout: TIMEOUT_MS,
}, async (context) => {
  const create = await start(context, 'create-order');
  const order = { orderId: 'a', ...ORDER };
  expect(await create.invoke(bodyOf(order))).toMatchObject({
    ...{ statusCode: 200, body: '"Order created successfully"' },
    headers: {
      'x-order-result': 'created',
      'server-timing': expect.stringMatching(/^cold;desc=1, init;dur=/),
    },
  });
  expect(await create.invoke(bodyOf(order))).toMatchObject({
    ...{ statusCode: 200, headers: { 'x-order-result': 'duplicate' } },
  });
  expect(await create.invoke(bodyOf({ ...order, price: 1 }))).toMatchObject({
    ...{ statusCode: 409, body: '"Conflict"' },
  });
  expect(await create.invoke(eventOf('{"orderId":'))).toMatchObject({
    ...{ statusCode: 400, body: '"Bad Request"' },
  });
  const { price: _, ...incomplete } = order;
  expect(await create.invoke(bodyOf(incomplete))).toMatchObject({
    ...{ statusCode: 400, body: '"Bad Request"' },
  });

  const get = await start(context, 'get-order');
  const found = (await get.invoke(eventOf(undefined, 'a'))) as { body: string };
  expect(found).toMatchObject({ statusCode: 200 });
  expect(JSON.parse(found.body)).toEqual({ ...order, storedAt: expect.any(Number) });
  expect(await get.invoke(eventOf(undefined, 'unknown'))).toMatchObject({ statusCode: 404 });
});

it('create-order takes a body in base64, as gateways send it', {
  timeout: TIMEOUT_MS,
}, async (context) => {
  const create = await start(context, 'create-order');
  const body = Buffer.from(JSON.stringify({ orderId: 'base64', ...ORDER })).toString('base64');
  expect(await create.invoke({ ...eventOf(body), isBase64Encoded: true })).toMatchObject({
    ...{ statusCode: 200, headers: { 'x-order-result': 'created' } },
  });
  expect(await store.get('base64')).toMatchObject({ orderId: 'base64', ...ORDER });
});

it('create-order answers 500 when the table cannot be reached', {
  timeout: TIMEOUT_MS,
}, async (context) => {
  const nowhere = { AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:1' };
  const create = await start(context, 'create-order', nowhere);
  expect(await create.invoke(bodyOf({ orderId: 'down', ...ORDER }))).toMatchObject({
    ...{ statusCode: 500, body: '"Internal Server Error"' },
  });
});

it('write-orders returns only the message that is no order', {
  timeout: TIMEOUT_MS,
}, async (context) => {
  const write = await start(context, 'write-orders', { WRITE_MODE: 'batch' });
  const Records = [
    { messageId: 'm1', body: JSON.stringify({ orderId: 'queued', ...ORDER }) },
    { messageId: 'm2', body: 'poison' },
  ];
  expect(await write.invoke({ Records })).toEqual({
    batchItemFailures: [{ itemIdentifier: 'm2' }],
  });
  expect(await store.get('queued')).toMatchObject({ orderId: 'queued', ...ORDER });
});

it('a function without its variable fails in INIT, and says why', {
  timeout: TIMEOUT_MS,
}, async (context) => {
  const get = await start(context, 'get-order', { TABLE_NAME: '' });
  expect(await get.invoke(eventOf(undefined, 'a'))).toMatchObject({
    errorMessage: expect.stringContaining('TABLE_NAME is not set'),
  });
});
