import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { queueUseBetween, readQueueCalls } from '../../../lib/node/platform/queue-use.ts';

const CALLS = { receiveCalls: 5, deleteCalls: 4, writeCalls: 3, writtenItems: 30, readItems: 31 };
const QUEUE = {
  sent: 9,
  redelivered: 0,
  batches: 1,
  batchFill: 1,
  visible: 0,
  inFlight: 0,
  dlq: 0,
  acceptedToStoredMs: { count: 0, p50: null, p95: null, p99: null, max: null },
};

async function start(queue: unknown): Promise<string> {
  const server = createServer((_, response) => {
    response.end(JSON.stringify({ gatewayThrottles: 0, storedOrders: 0, functions: {}, queue }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it('reads the calls of a local queue, and nothing from an order API that does not count them', async () => {
  expect(await readQueueCalls(await start({ ...QUEUE, ...CALLS }))).toEqual(CALLS);
  expect(await readQueueCalls(await start(QUEUE))).toBeNull();
  expect(await readQueueCalls(await start(null))).toBeNull();
});

it('takes an item for a unit', () => {
  const after = {
    receiveCalls: 15,
    deleteCalls: 5,
    writeCalls: 6,
    writtenItems: 70,
    readItems: 81,
  };
  expect(queueUseBetween(CALLS, after)).toEqual({
    receiveCalls: 10,
    deleteCalls: 1,
    writeCalls: 3,
    writeUnits: 40,
    readUnits: 50,
  });
});
