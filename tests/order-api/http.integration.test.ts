import { request } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type OrderApiProcess, startOrderApi } from './order-api-process.ts';

const ORDER = { customerId: 'c-1', productId: 'p-1', quantity: 2, price: 100 };

const running: OrderApiProcess[] = [];
async function start(...args: string[]): Promise<OrderApiProcess> {
  const api = await startOrderApi(['--io-ms', '0', '--work-ms', '0', '--init-ms', '1', ...args]);
  running.push(api);
  return api;
}

afterEach(async () => {
  for (const api of running.splice(0)) {
    api.child.kill('SIGKILL');
    await api.exited();
  }
});

describe.each(['memory', 'dynalite'])('the order API with --store %s', (store) => {
  it('answers the contract over HTTP, and its ground truth tells every request', async () => {
    const api = await start('--store', store);
    const read = async (response: Response) => [response.status, await response.json()];

    const created = await api.post({ orderId: 'a', ...ORDER });
    expect(created.headers.get('x-order-result')).toBe('created');
    expect(created.headers.get('content-type')).toBe('application/json');
    expect(created.headers.get('server-timing')).toMatch(
      /^cold;desc=1, init;dur=[\d.]+, handler;dur=[\d.]+$/,
    );
    expect(created.headers.get('x-environment-id')).toMatch(/^[0-9a-f]{32}$/);
    expect(await read(created)).toEqual([200, 'Order created successfully']);

    const retry = await api.post({ orderId: 'a', ...ORDER });
    expect(retry.headers.get('x-order-result')).toBe('duplicate');
    expect(retry.headers.get('server-timing')).toMatch(/^handler;dur=[\d.]+$/);
    expect(await read(retry)).toEqual([200, 'Order created successfully']);

    expect(await read(await api.post({ orderId: 'a', ...ORDER, price: 1 }))).toEqual([
      409,
      'Conflict',
    ]);
    expect(await read(await api.post({ orderId: 'b' }))).toEqual([400, 'Bad Request']);
    expect(await read(await fetch(`${api.url}/orders/a`))).toEqual([
      200,
      { orderId: 'a', ...ORDER, storedAt: expect.any(Number) },
    ]);
    expect(await read(await fetch(`${api.url}/orders/b`))).toEqual([404, 'Not Found']);
    expect((await fetch(api.url)).status).toBe(404);
    expect((await fetch(`${api.url}/orders`)).status).toBe(405);

    expect(await api.truth()).toMatchObject({
      requests: 8,
      byStatus: { 200: 3, 400: 1, 404: 2, 405: 1, 409: 1 },
      inFlight: 0,
      aborted: 0,
      orderResults: { created: 1, duplicate: 1 },
      storedOrders: 1,
      invocations: 6,
      coldStarts: 2,
      throttles: 0,
      peakConcurrency: 1,
    });
  });
});

describe('the order API', () => {
  it('refuses a body over 6 MB with 413 and takes one just below', async () => {
    const api = await start('--store', 'memory');
    const body = (length: number) =>
      JSON.stringify({ orderId: 'a', ...ORDER, note: 'x'.repeat(length) });
    const send = (text: string) => fetch(`${api.url}/orders`, { method: 'POST', body: text });
    expect((await send(body(6 * 1024 * 1024))).status).toBe(413);
    expect((await send(body(6 * 1024 * 1024 - 200))).status).toBe(200);
    expect(await api.truth()).toMatchObject({ byStatus: { 200: 1, 413: 1 }, invocations: 1 });
  });

  it('counts a request whose client goes away before it sent it whole', async () => {
    const api = await start('--store', 'memory');
    const half = request(`${api.url}/orders`, {
      method: 'POST',
      headers: { 'content-length': 1000 },
    });
    half.on('error', () => {});
    half.write('{"orderId":');
    await vi.waitFor(async () => expect((await api.truth()).requests).toBe(1));
    half.destroy();
    await vi.waitFor(async () =>
      expect(await api.truth()).toMatchObject({ aborted: 1, inFlight: 0, invocations: 0 }),
    );
  });

  it('stores an order whose client did not wait for the answer', async () => {
    const api = await start('--store', 'memory', '--io-ms', '300');
    const hasty = new AbortController();
    const answer = fetch(`${api.url}/orders`, {
      method: 'POST',
      body: JSON.stringify({ orderId: 'a', ...ORDER }),
      signal: hasty.signal,
    }).catch(() => 'gone');
    await vi.waitFor(async () => expect((await api.truth()).invocations).toBe(1));
    hasty.abort();
    expect(await answer).toBe('gone');
    await vi.waitFor(async () =>
      expect(await api.truth()).toMatchObject({
        storedOrders: 1,
        inFlight: 0,
        byStatus: { 200: 1 },
      }),
    );
  });

  it.each([
    [[], 500, { message: 'Internal Server Error' }],
    [
      ['--throttle-status', '429'],
      429,
      {
        Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
        Type: 'User',
        message: 'Rate Exceeded.',
      },
    ],
  ])('throttles beyond --reserved-concurrency (%j)', async (flags, status, body) => {
    const api = await start(
      '--store',
      'memory',
      '--reserved-concurrency',
      '2',
      '--io-ms',
      '1000',
      ...flags,
    );
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd', 'e'].map((orderId) => api.post({ orderId, ...ORDER })),
    );
    const refused = answers.filter((answer) => answer.status === status);
    expect(refused).toHaveLength(3);
    expect(refused[0]?.headers.get('x-amzn-errortype')).toBe('TooManyRequestsException');
    expect(refused[0]?.headers.get('server-timing')).toBeNull();
    expect(await refused[0]?.json()).toEqual(body);
    expect((await fetch(`${api.url}/orders/a`)).status).toBe(200);
    expect(await api.truth()).toMatchObject({
      throttles: 3,
      storedOrders: 2,
      peakConcurrency: 2,
    });
  });
});
