import { fileURLToPath } from 'node:url';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { HttpResult } from '../../../order-api/handlers/http-event.ts';
import type { SqsBatchResponse } from '../../../order-api/handlers/sqs-event.ts';
import { type ChildServer, startChildServer } from '../../../order-api/servers/child-server.ts';
import { startDynalite } from '../../../order-api/servers/start-dynalite.ts';
import { openStore, TABLE_NAME } from '../../../order-api/store/open-store.ts';
import type { OpenStore } from '../../../order-api/store/order-store.ts';
import { eventOf, ORDER } from '../handlers/http-events.ts';
import {
  bundleFunctions,
  type LambdaProcess,
  removeBundles,
  startLambda,
} from './lambda-process.ts';

const CLIENT = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
};
const FUNCTIONS = [
  'create-order',
  'create-order-naive',
  'get-order',
  'enqueue-order',
  'write-orders',
];

let bundleOf: (name: string) => string;
let dynalite: ChildServer;
let store: OpenStore;
const running: LambdaProcess[] = [];

beforeAll(async () => {
  bundleOf = await bundleFunctions(FUNCTIONS);
  dynalite = await startDynalite();
  store = await openStore({ kind: 'endpoint', url: dynalite.endpoint }, () => {});
});
afterEach(async () => {
  for (const lambda of running.splice(0)) await lambda.stop();
});
afterAll(async () => {
  await store?.close();
  await dynalite?.stop();
  await removeBundles();
});

async function start(name: string, env: Readonly<Record<string, string>> = {}) {
  const lambda = await startLambda(bundleOf(name), {
    TABLE_NAME,
    AWS_ENDPOINT_URL_DYNAMODB: dynalite.endpoint,
    ...env,
  });
  running.push(lambda);
  return lambda;
}

const bodyOf = (order: unknown) => eventOf(JSON.stringify(order));

async function metricsOf(lambda: LambdaProcess, count: number) {
  await vi.waitFor(() => expect(lambda.printed()).toHaveLength(count), 5_000);
  return lambda.printed().map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('create-order', () => {
  it('answers the contract, stores by the real client and prints its metrics', async () => {
    const lambda = await start('create-order');
    const created = await lambda.invoke<HttpResult>(bodyOf({ orderId: 'a', ...ORDER }));
    expect(created).toMatchObject({ statusCode: 200, body: '"Order created successfully"' });
    expect(created.headers).toMatchObject({
      'x-order-result': 'created',
      'x-environment-id': '22be53a8cfde4e68b844f8ec293b2543',
      'server-timing': expect.stringMatching(
        /^cold;desc=1, init;dur=\d+\.\d\d, handler;dur=\d+\.\d\d$/,
      ),
    });
    const retry = await lambda.invoke<HttpResult>(bodyOf({ orderId: 'a', ...ORDER }));
    expect(retry).toMatchObject({ statusCode: 200, headers: { 'x-order-result': 'duplicate' } });
    expect(retry.headers['server-timing']).toMatch(/^handler;dur=/);
    const conflict = bodyOf({ orderId: 'a', ...ORDER, price: 1 });
    expect(await lambda.invoke(conflict)).toMatchObject({ statusCode: 409, body: '"Conflict"' });
    expect(await lambda.invoke(eventOf('x'))).toMatchObject({
      statusCode: 400,
      body: '"Bad Request"',
    });

    const client = new DynamoDBClient({ ...CLIENT, endpoint: dynalite.endpoint });
    const { Item } = await client.send(
      new GetItemCommand({ TableName: TABLE_NAME, Key: { orderId: { S: 'a' } } }),
    );
    client.destroy();
    expect(Item).toMatchObject({ customerId: { S: 'c-1' }, quantity: { N: '2' } });

    const common = { service: 'orders', function_name: 'orders-CreateOrder-1A2B' };
    const ended = { ...common, FunctionDuration: expect.any(Number) };
    const metrics = await metricsOf(lambda, 5);
    expect(metrics).toMatchObject([
      { ...common, ColdStart: 1 },
      { ...ended, SuccessfulInvocations: 1 },
      { ...ended, SuccessfulInvocations: 1 },
      ended,
      ended,
    ]);
    expect(metrics.filter((line) => 'SuccessfulInvocations' in line)).toHaveLength(2);
  });

  it('tells of no cold start in a provisioned environment', async () => {
    const lambda = await start('create-order', {
      AWS_LAMBDA_INITIALIZATION_TYPE: 'provisioned-concurrency',
    });
    const created = await lambda.invoke<HttpResult>(bodyOf({ orderId: 'pc', ...ORDER }));
    expect(created.headers['server-timing']).toMatch(/^handler;dur=/);
    expect((await metricsOf(lambda, 1))[0]).not.toHaveProperty('ColdStart');
  });

  it('answers 500 when the table cannot be reached', async () => {
    const lambda = await start('create-order', { AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:1' });
    expect(await lambda.invoke(bodyOf({ orderId: 'down', ...ORDER }))).toMatchObject({
      statusCode: 500,
      body: '"Internal Server Error"',
    });
    expect(await store.get('down')).toBeUndefined();
  });

  it('fails to start without the name of its table', async () => {
    await expect(start('create-order', { TABLE_NAME: '' })).rejects.toThrow(
      'TABLE_NAME is not set: deploy the function with it',
    );
  });
});

it('create-order-naive fails a retry, and counts only successes', async () => {
  const lambda = await start('create-order-naive');
  const event = bodyOf({ orderId: 'naive', ...ORDER });
  expect(await lambda.invoke(event)).toMatchObject({
    statusCode: 200,
    body: '"Order created successfully"',
  });
  expect(await lambda.invoke(event)).toMatchObject({
    statusCode: 500,
    body: '"Internal Server Error"',
  });
  expect(await metricsOf(lambda, 2)).toMatchObject([
    { ColdStart: 1 },
    { SuccessfulInvocations: 1, FunctionDuration: expect.any(Number) },
  ]);
});

it('get-order reads what is stored', async () => {
  await store.putIfAbsent({ orderId: 'read', ...ORDER, storedAt: 1 });
  const lambda = await start('get-order');
  const found = await lambda.invoke<HttpResult>(eventOf(undefined, 'read'));
  expect(JSON.parse(found.body)).toEqual({ orderId: 'read', ...ORDER, storedAt: 1 });
  expect(await lambda.invoke(eventOf(undefined, 'none'))).toMatchObject({ statusCode: 404 });
});

it('enqueue-order sends what write-orders stores', async () => {
  const fauxqs = await startChildServer({
    script: fileURLToPath(
      new URL('../../../order-api/servers/fauxqs-process.mjs', import.meta.url),
    ),
    what: 'fauxqs',
    insteadOfIt: 'skip this test',
    errorCode: 'E_QUEUE_START',
    onExit: () => {},
  });
  const client = new SQSClient({
    ...CLIENT,
    endpoint: fauxqs.endpoint,
    useQueueUrlAsEndpoint: false,
  });
  try {
    const { QueueUrl = '' } = await client.send(new CreateQueueCommand({ QueueName: 'orders' }));
    const enqueue = await start('enqueue-order', {
      QUEUE_URL: QueueUrl,
      AWS_ENDPOINT_URL_SQS: fauxqs.endpoint,
    });
    expect(await enqueue.invoke(bodyOf({ orderId: 'queued', ...ORDER }))).toMatchObject({
      statusCode: 202,
      body: '"Order accepted"',
    });
    expect(await enqueue.invoke(eventOf('{}'))).toMatchObject({ statusCode: 400 });
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 5 }),
    );
    expect(Messages).toHaveLength(1);

    const Records = [...Messages, { MessageId: 'poison', Body: 'poison' }].map((message) => ({
      messageId: message.MessageId,
      body: message.Body,
    }));
    for (const writeMode of ['batch', 'conditional']) {
      const write = await start('write-orders', { WRITE_MODE: writeMode });
      expect(await write.invoke<SqsBatchResponse>({ Records })).toEqual({
        batchItemFailures: [{ itemIdentifier: 'poison' }],
      });
    }
    expect(await store.get('queued')).toMatchObject({ orderId: 'queued', ...ORDER });
  } finally {
    client.destroy();
    await fauxqs.stop();
  }
});
