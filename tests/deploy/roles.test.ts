import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  bundleFunctions,
  removeBundles,
  startLambda,
} from '../order-api/functions/lambda-process.ts';
import { eventOf, ORDER } from '../order-api/handlers/http-events.ts';
import { allowedActions } from './operation-problems.ts';
import { readTemplate } from './read-template.ts';

const BODY = JSON.stringify({ orderId: 'o', ...ORDER });
const MESSAGES = { Records: [{ messageId: 'm', body: BODY }] };
const READ = { ...eventOf(''), pathParameters: { orderId: 'o' } };

/** Every id is taken, so that a put is followed by a look at what is there. */
const ANSWERS: Readonly<Record<string, readonly [status: number, body: object]>> = {
  PutItem: [400, { __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException' }],
  BatchGetItem: [200, { Responses: {}, UnprocessedKeys: {} }],
  BatchWriteItem: [200, { UnprocessedItems: {} }],
};

const called = new Set<string>();
let aws: Server;
let env: Record<string, string>;
let bundleOf: (name: string) => string;

beforeAll(async () => {
  bundleOf = await bundleFunctions([
    'create-order',
    'create-order-naive',
    'get-order',
    'enqueue-order',
    'write-orders',
  ]);
  aws = createServer((request, response) => {
    const [service = '', operation = ''] = String(request.headers['x-amz-target']).split('.');
    called.add(`${service.startsWith('Dynamo') ? 'dynamodb' : 'sqs'}:${operation}`);
    const [status, body] = ANSWERS[operation] ?? [200, {}];
    request.resume().on('end', () => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((done) => aws.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(aws.address() as AddressInfo).port}`;
  env = { TABLE_NAME: 'orders', QUEUE_URL: `${url}/1/orders`, AWS_ENDPOINT_URL: url };
});
afterAll(async () => {
  aws?.closeAllConnections();
  aws?.close();
  await removeBundles();
});

/** What the event source mapping does by the role of the function that it calls. */
const POLLING = ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'];

it.each([
  ['CreateOrder', ['create-order', 'create-order-naive'], eventOf(BODY), [{}], []],
  ['GetOrder', ['get-order'], READ, [{}], []],
  ['EnqueueOrder', ['enqueue-order'], eventOf(BODY), [{}], []],
  [
    'WriteOrders',
    ['write-orders'],
    MESSAGES,
    [{ WRITE_MODE: 'batch' }, { WRITE_MODE: 'conditional' }],
    POLLING,
  ],
] as const)(
  'the role of %s allows the calls that it makes, and no others',
  async (name, entries, event, settings, polling) => {
    called.clear();
    for (const entry of entries) {
      for (const setting of settings) {
        const lambda = await startLambda(bundleOf(entry), { ...env, ...setting });
        try {
          await lambda.invoke(event);
        } finally {
          await lambda.stop();
        }
      }
    }
    expect([...called, ...polling].sort()).toEqual(allowedActions(readTemplate(), name).sort());
  },
);
