import { expect, it, type TestContext } from 'vitest';
import { openLocalControl } from '../../../lib/node/platform/local-control.ts';
import type { OrderApiTruth } from '../../../order-api/order-api-truth.ts';
import { type OrderApiProcess, startOrderApi } from '../order-api-process.ts';

const ORDER = { customerId: 'c', productId: 'p', quantity: 1, price: 1 };
const FAST = ['--store', 'memory', '--io-ms', '3', '--work-ms', '0.1', '--init-ms', '2'];
const LEAST_ORDERS = 300;
const LEAST_CHANGES = 6;
/** So many are under way at any time. */
const AT_ONCE = 8;

async function start(context: TestContext, ...args: string[]) {
  const api = await startOrderApi(['--control', ...FAST, ...args]);
  const control = await openLocalControl(api.url);
  context.onTestFinished(async () => {
    await control.close();
    api.child.kill('SIGKILL');
    await api.exited();
  });
  const truth = async () => (await api.truth()) as OrderApiTruth;
  return { api, control, truth };
}

/** Sends orders and makes changes, one after the other, until there are enough of both. */
async function load(api: OrderApiProcess, path: string, change: (turn: number) => Promise<void>) {
  let sent = 0;
  let changes = 0;
  const statuses: number[] = [];
  const send = async () => {
    while (sent < LEAST_ORDERS || changes < LEAST_CHANGES) {
      const body = JSON.stringify({ ...ORDER, orderId: `o-${sent++}` });
      const { status } = await fetch(`${api.url}${path}`, { method: 'POST', body });
      statuses.push(status);
    }
  };
  const sending = Promise.all(Array.from({ length: AT_ONCE }, send));
  while (changes < LEAST_CHANGES) {
    await change(changes);
    changes += 1;
  }
  await sending;
  return statuses;
}

it('loses no order, and no count, while the function is changed', async (context) => {
  const { api, control, truth } = await start(context);
  const fromMs = Date.now();
  let seen = 0;
  const statuses = await load(api, '/orders', async (turn) => {
    await control.changeFunction('create-order', {
      memoryMb: turn % 2 === 0 ? 512 : 2048,
      architecture: turn % 3 === 0 ? 'arm' : 'x86',
    });
    const { invocations } = await truth();
    expect(invocations).toBeGreaterThanOrEqual(seen);
    seen = invocations;
  });
  const after = await truth();
  const reports = await control.readReports('create-order', { fromMs, toMs: Date.now() });
  const orders = statuses.length;
  expect(statuses).toEqual(statuses.map(() => 200));
  expect(after).toMatchObject({ requests: orders, invocations: orders, storedOrders: orders });
  expect(reports).toHaveLength(orders);
  expect(reports.filter(({ initMs }) => initMs !== null)).toHaveLength(after.coldStarts);
  const { billedMs, gbSeconds } = after.functions['create-order']?.bill ?? {};
  const sum = (of: (report: (typeof reports)[number]) => number) =>
    reports.reduce((total, report) => total + of(report), 0);
  expect(billedMs).toBe(sum((report) => report.billedMs));
  expect(gbSeconds).toBeCloseTo(
    sum((report) => (report.billedMs / 1000) * (report.memorySizeMb / 1024)),
    9,
  );
});

it('loses no message, and delivers none twice, while the mapping is changed', async (context) => {
  const { api, control, truth } = await start(context, '--queue');
  const settings = [
    { batchSize: 1, windowSeconds: 0, maximumConcurrency: null, pollers: null },
    { batchSize: 25, windowSeconds: 1, maximumConcurrency: 2, pollers: null },
    {
      batchSize: 10,
      windowSeconds: 0,
      maximumConcurrency: null,
      pollers: { minimum: 2, maximum: 4 },
    },
  ] as const;
  const statuses = await load(api, '/orders/async', (turn) =>
    control.changeMapping('write-orders', settings[turn % settings.length] ?? {}),
  );
  const orders = statuses.length;
  await expect
    .poll(async () => (await truth()).queue, { timeout: 30_000 })
    .toMatchObject({ sent: orders, deleted: orders, visible: 0, inFlight: 0 });
  const { storedOrders, queue } = await truth();
  expect(statuses).toEqual(statuses.map(() => 202));
  expect({ storedOrders, redelivered: queue?.redelivered, dlq: queue?.dlq }).toEqual({
    storedOrders: orders,
    redelivered: 0,
    dlq: 0,
  });
}, 60_000);
