import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  dynalitePid,
  isAlive,
  type OrderApiProcess,
  runOrderApi,
  startOrderApi,
} from './order-api-process.ts';

const ORDER = { orderId: 'a', customerId: 'c', productId: 'p', quantity: 1, price: 1 };

const running: OrderApiProcess[] = [];
async function start(...args: Parameters<typeof startOrderApi>): Promise<OrderApiProcess> {
  const api = await startOrderApi(...args);
  running.push(api);
  return api;
}

afterEach(async () => {
  for (const api of running.splice(0)) {
    api.child.kill('SIGKILL');
    await api.exited();
  }
});

const expectGone = (pid: number) => vi.waitFor(() => expect(isAlive(pid)).toBe(false), 5_000);

describe('end of the order API', () => {
  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('stops its store on %s, with calls still running', async (signal, exitCode) => {
    const api = await start(['--io-ms', '600000', '--die-with-parent']);
    const dynalite = dynalitePid(api);
    const answer = api.post(ORDER).catch(() => 'no answer');
    await vi.waitFor(async () => expect((await api.truth()).storedOrders).toBe(1), 5_000);
    api.child.kill(signal);
    expect(await api.exited()).toBe(exitCode);
    expect(await answer).toBe('no answer');
    await expectGone(dynalite);
  });

  it('leaves no store behind when it is killed', async () => {
    const api = await start([]);
    const dynalite = dynalitePid(api);
    api.child.kill('SIGKILL');
    expect(await api.exited()).toBe('SIGKILL');
    await expectGone(dynalite);
  });

  it('is not anticipated by the store when Ctrl-C reaches both', async () => {
    const api = await start([]);
    process.kill(dynalitePid(api), 'SIGINT');
    expect((await api.post(ORDER)).status).toBe(200);
    expect((await api.post({ ...ORDER, orderId: 'b' })).status).toBe(200);
  });

  it('comes with --die-with-parent when its stdin closes', async () => {
    const api = await start(['--die-with-parent']);
    const dynalite = dynalitePid(api);
    api.child.stdin?.end();
    expect(await api.exited()).toBe(0);
    await expectGone(dynalite);
  });

  it('comes with --die-with-parent when its IPC channel closes', async () => {
    const api = await start(
      ['--die-with-parent', '--store', 'memory'],
      ['ignore', 'pipe', 'inherit', 'ipc'],
    );
    expect((await api.post(ORDER)).status).toBe(200);
    api.child.disconnect();
    expect(await api.exited()).toBe(0);
  });

  it('does not come with a closed stdin otherwise', async () => {
    const api = await start(['--store', 'memory'], ['ignore', 'pipe', 'inherit']);
    expect((await api.post(ORDER)).status).toBe(200);
  });
});

describe('a store that ends', () => {
  it('turns orders into 500 and keeps the ground truth readable', async () => {
    const api = await start([]);
    expect((await api.post(ORDER)).status).toBe(200);
    const dynalite = dynalitePid(api);
    process.kill(dynalite, 'SIGKILL');
    await expectGone(dynalite);
    const answer = await api.post({ ...ORDER, orderId: 'b' });
    expect([answer.status, await answer.json()]).toEqual([500, 'Internal Server Error']);
    expect(answer.headers.get('server-timing')).toContain('handler;dur=');
    expect((await fetch(`${api.url}/orders/a`)).status).toBe(500);
    expect(await api.truth()).toMatchObject({
      byStatus: { 200: 1, 500: 2 },
      storedOrders: null,
    });
  });
});

describe('command line', () => {
  it('is refused with one line and exit code 2 where it is wrong', async () => {
    const { code, stdout, stderr } = await runOrderApi(['--port', 'http']);
    expect(stderr).toMatch(/^error \[E_USAGE\]: .+ \(see --help\)\n$/);
    expect([code, stdout]).toEqual([2, '']);
  });

  it('is explained by --help', async () => {
    const { code, stdout } = await runOrderApi(['--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('--reserved-concurrency <n>');
  });

  it('says with one line and exit code 4 that the port is taken', async () => {
    const api = await start(['--store', 'memory']);
    const port = new URL(api.url).port;
    const { code, stdout, stderr } = await runOrderApi(['--port', port]);
    expect(stderr).toMatch(/^error \[E_PORT_IN_USE\]: port \d+ is taken.*\n$/);
    expect([code, stdout]).toEqual([4, '']);
  });

  it('says with one line and exit code 4 that the DynamoDB endpoint does not answer', async () => {
    const { code, stdout, stderr } = await runOrderApi([
      '--dynamodb-endpoint',
      'http://127.0.0.1:1',
    ]);
    expect(stderr).toMatch(/^error \[E_STORE_UNREACHABLE\]: .*http:\/\/127\.0\.0\.1:1.*\n$/);
    expect([code, stdout]).toEqual([4, '']);
  });
});
