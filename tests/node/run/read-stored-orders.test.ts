import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { Agent } from 'undici';
import { expect, it, onTestFinished } from 'vitest';
import { readStoredOrders } from '../../../lib/node/run/read-stored-orders.ts';

const IDS = [0, 1, 2, 3];

/** Reads the orders 0 to 3 of a server on loopback. */
async function readFrom(
  listener: RequestListener,
  {
    limitMs = 10_000,
    isQueueEmpty = async (): Promise<boolean | null> => null,
    stopped = (): boolean => false,
  } = {},
) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const dispatcher = new Agent();
  onTestFinished(async () => {
    await dispatcher.destroy();
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return readStoredOrders({
    requestOf: (iteration) => ({
      url: `http://127.0.0.1:${port}/orders/id-${iteration}`,
      headers: { 'x-tenant': 'a' },
      marks: { orderId: `id-${iteration}`, idField: 'orderId', contents: [] },
    }),
    accepted: IDS.map((iteration) => ({ iteration, sentMs: Date.now(), acceptedMs: Date.now() })),
    isSampled: () => true,
    limitMs,
    ratePerSecond: 100,
    dispatcher,
    userAgent: 'Grafana k6/9',
    isQueueEmpty,
    stopped,
  });
}

const orderAt = (url = '', storedAt = 1_764_490_000_000) =>
  JSON.stringify({ orderId: url.split('/').pop(), storedAt });

it('reads each order with the headers of the run, under the name of k6', async () => {
  const seen: unknown[] = [];
  const { book } = await readFrom(({ url, headers }, response) => {
    seen.push([url, headers['x-tenant'], headers['user-agent']]);
    response.end(orderAt(url));
  });
  expect(seen).toHaveLength(4);
  expect(seen).toContainEqual(['/orders/id-2', 'a', 'Grafana k6/9']);
  expect(book.orders.map(({ storedAtMs }) => storedAtMs)).toEqual(IDS.map(() => 1_764_490_000_000));
  expect(book.dated).toHaveLength(4);
});

it('asks again after an error, and waits as long as the target says', async () => {
  const times: number[] = [];
  const { book } = await readFrom(({ url }, response) => {
    times.push(performance.now());
    if (times.length === 1) response.writeHead(429, { 'retry-after': '1' }).end();
    else if (times.length === 2) response.destroy();
    else response.end(orderAt(url));
  });
  expect(book.orders.every(({ told }) => told === 'found')).toBe(true);
  expect(book.slowedDown).toBe(1);
  expect([...book.unclear.keys()]).toEqual(['429', 'UND_ERR_SOCKET']);
  const afterMs = times.map((time) => time - (times[0] as number));
  expect(afterMs.filter((ms) => ms > 500 && ms < 990)).toEqual([]);
});

it('reads what is compressed, and no more than an order takes', async () => {
  const { book } = await readFrom(
    ({ url = '' }, response) => {
      if (url.endsWith('0')) response.end('x'.repeat(2_000_000));
      else response.setHeader('content-encoding', 'gzip').end(gzipSync(orderAt(url)));
    },
    { limitMs: 300 },
  );
  expect(book.orders.map(({ told }) => told)).toEqual(['nothing', 'found', 'found', 'found']);
  expect([...book.unclear.keys()]).toEqual(['a response above 1000000 bytes']);
});

it('does not take the time of a cache for that of the target', async () => {
  const { book } = await readFrom(({ url }, response) => {
    response.setHeader('age', '30').end(orderAt(url));
  });
  expect(book.dated).toEqual([]);
});

it('ends when the time is up, when it is told to, and not before the queue is empty', async () => {
  const absent: RequestListener = (_, response) => response.writeHead(404).end();
  const { book, waitedMs } = await readFrom(absent, { limitMs: 300 });
  expect(book.orders.map(({ told }) => told)).toEqual(IDS.map(() => 'absent'));
  expect(waitedMs).toBeGreaterThanOrEqual(300);
  const stopped = await readFrom(absent, { stopped: () => true });
  expect(stopped.book.orders.every(({ reads }) => reads === 0)).toBe(true);
  let asked = 0;
  await readFrom(({ url }, response) => response.end(orderAt(url)), {
    isQueueEmpty: async () => ++asked > 1,
  });
  expect(asked).toBe(2);
});
