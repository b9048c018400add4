import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { readTargetTruth, readTruthOfEmptyQueue } from '../../../lib/node/platform/target-truth.ts';

const LAG = { count: 0, p50: null, p95: null, p99: null, max: null };
const QUEUE = { sent: 9, redelivered: 0, batches: 1, batchFill: 1, dlq: 0 };
const queue = (visible: number | null, inFlight: number | null) => ({
  ...QUEUE,
  visible,
  inFlight,
  acceptedToStoredMs: LAG,
});

/** A local target whose queue is in one state after the other; the last one stays. */
async function start(states: readonly unknown[]): Promise<string> {
  let asked = 0;
  const server = createServer((_, response) => {
    const state = states[Math.min(asked++, states.length - 1)];
    const truth = { gatewayThrottles: 0, storedOrders: asked, functions: {}, queue: state };
    response.end(JSON.stringify({ ...truth, more: { of: 'it' } }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function wait(url: string, changes: { limitMs?: number; isStopped?: () => boolean } = {}) {
  let waits = 0;
  const onWait = () => void waits++;
  const options = { limitMs: 10_000, isStopped: () => false, onWait, ...changes };
  return readTruthOfEmptyQueue(url, options).then(({ storedOrders }) => ({ storedOrders, waits }));
}

it('keeps what it does not know', async () => {
  expect(await readTargetTruth(await start([null]))).toMatchObject({ more: { of: 'it' } });
});

it('does not wait for a target without a queue, or with an empty one', async () => {
  expect(await wait(await start([null]))).toEqual({ storedOrders: 1, waits: 0 });
  expect(await wait(await start([queue(0, 0)]))).toEqual({ storedOrders: 1, waits: 0 });
});

it('waits for messages, also in flight, and for a depth that is not known', async () => {
  const url = await start([queue(2, 0), queue(null, null), queue(0, 1), queue(0, 0)]);
  expect(await wait(url)).toEqual({ storedOrders: 4, waits: 1 });
});

it('gives up when it is told to, or takes too long', async () => {
  const url = await start([queue(2, 0)]);
  expect(await wait(url, { isStopped: () => true })).toEqual({ storedOrders: 1, waits: 1 });
  expect((await wait(url, { limitMs: 1 })).waits).toBe(1);
});
