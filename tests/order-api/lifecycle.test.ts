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
  const target = await startOrderApi(...args);
  running.push(target);
  return target;
}

afterEach(async () => {
  for (const target of running.splice(0)) {
    target.child.kill('SIGKILL');
    await target.exited();
  }
});

const expectGone = (pid: number) => vi.waitFor(() => expect(isAlive(pid)).toBe(false), 5_000);

describe('end of the target', () => {
  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('stops its store on %s, with calls still running', async (signal, exitCode) => {
    const target = await start(['--io-ms', '600000', '--die-with-parent']);
    const dynalite = dynalitePid(target);
    const answer = target.post(ORDER).catch(() => 'no answer');
    await vi.waitFor(async () => expect((await target.truth()).storedOrders).toBe(1), 5_000);
    target.child.kill(signal);
    expect(await target.exited()).toBe(exitCode);
    expect(await answer).toBe('no answer');
    await expectGone(dynalite);
  });

  it('leaves no store behind when it is killed', async () => {
    const target = await start([]);
    const dynalite = dynalitePid(target);
    target.child.kill('SIGKILL');
    expect(await target.exited()).toBe('SIGKILL');
    await expectGone(dynalite);
  });

  it('is not anticipated by the store when Ctrl-C reaches both', async () => {
    const target = await start([]);
    process.kill(dynalitePid(target), 'SIGINT');
    expect((await target.post(ORDER)).status).toBe(200);
    expect((await target.post({ ...ORDER, orderId: 'b' })).status).toBe(200);
  });

  it('comes with --die-with-parent when its stdin closes', async () => {
    const target = await start(['--die-with-parent']);
    const dynalite = dynalitePid(target);
    target.child.stdin?.end();
    expect(await target.exited()).toBe(0);
    await expectGone(dynalite);
  });

  it('comes with --die-with-parent when its IPC channel closes', async () => {
    const target = await start(
      ['--die-with-parent', '--store', 'memory'],
      ['ignore', 'pipe', 'inherit', 'ipc'],
    );
    expect((await target.post(ORDER)).status).toBe(200);
    target.child.disconnect();
    expect(await target.exited()).toBe(0);
  });

  it('does not come with a closed stdin otherwise', async () => {
    const target = await start(['--store', 'memory'], ['ignore', 'pipe', 'inherit']);
    expect((await target.post(ORDER)).status).toBe(200);
  });
});

describe('a store that ends', () => {
  it('turns orders into 500 and keeps the ground truth readable', async () => {
    const target = await start([]);
    expect((await target.post(ORDER)).status).toBe(200);
    const dynalite = dynalitePid(target);
    process.kill(dynalite, 'SIGKILL');
    await expectGone(dynalite);
    const answer = await target.post({ ...ORDER, orderId: 'b' });
    expect([answer.status, await answer.json()]).toEqual([500, 'Internal Server Error']);
    expect(answer.headers.get('server-timing')).toContain('handler;dur=');
    expect((await fetch(`${target.url}/orders/a`)).status).toBe(500);
    expect(await target.truth()).toMatchObject({
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
    const target = await start(['--store', 'memory']);
    const port = new URL(target.url).port;
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
