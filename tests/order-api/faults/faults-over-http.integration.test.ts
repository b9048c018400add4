import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { parseOrderApiFlags } from '../../../lib/app/order-api/order-api-flags.ts';
import type { OrderApiTruth } from '../../../order-api/order-api-truth.ts';
import { type RunningOrderApi, startOrderApi } from '../../../order-api/start-order-api.ts';

const ORDER = { customerId: 'c-1', productId: 'p-1', quantity: 2, price: 100 };
const FAST = ['--store=memory', '--init-ms=0', '--work-ms=0', '--io-ms=0', '--seed=1'];
const ORDERS = 100;

const running: RunningOrderApi[] = [];
afterEach(async () => {
  for (const api of running.splice(0)) await api.stop();
});

async function start(...flags: string[]) {
  const command = parseOrderApiFlags([...FAST, ...flags]);
  if (command === null) throw new Error('help was asked for');
  const api = await startOrderApi(command.config, () => {});
  running.push(api);
  /** Status and how long it took; 0 where the connection broke. */
  const post = async (orderId: string) => {
    const beganMs = performance.now();
    const status = await fetch(`${api.url}/orders`, {
      method: 'POST',
      body: JSON.stringify({ orderId, ...ORDER }),
    }).then(
      async (response) => {
        await response.text();
        return response.status;
      },
      () => 0,
    );
    return { status, tookMs: performance.now() - beganMs };
  };
  return {
    post,
    /** How many of so many orders, one after the other, got each status. */
    async statuses(count = ORDERS) {
      const seen: Record<number, number> = {};
      for (let i = 0; i < count; i++) {
        const { status } = await post(`o-${i}`);
        seen[status] = (seen[status] ?? 0) + 1;
      }
      return seen;
    },
    truth: async () => (await fetch(`${api.url}/__truth`)).json() as Promise<OrderApiTruth>,
  };
}

it('has none unless asked', async () => {
  const api = await start();
  expect(await api.statuses(5)).toEqual({ 200: 5 });
  expect(await api.truth()).toMatchObject({ faults: null, dropped: 0 });
});

it.each([
  ['--store-error-ratio', 'storeErrors'],
  ['--store-throttle-ratio', 'storeThrottles'],
] as const)('%s: the order is answered with 500 and not stored', async (flag, counter) => {
  const api = await start(`${flag}=0.3`);
  const { 200: taken = 0, 500: failed = 0 } = await api.statuses();
  expect(taken + failed).toBe(ORDERS);
  expect(Math.abs(failed - 30)).toBeLessThan(4 * Math.sqrt(ORDERS * 0.3 * 0.7));
  expect(await api.truth()).toMatchObject({
    storedOrders: taken,
    faults: { [counter]: failed },
  });
});

it('--store-latency-ms: comes on top of the modelled waiting', async () => {
  const api = await start('--store-latency-ms=60', '--io-ms=40');
  await api.post('first');
  const { status, tookMs } = await api.post('a');
  expect(status).toBe(200);
  // Timers may fire a little early.
  expect(tookMs).toBeGreaterThan(97);
});

it('--drop-response-ratio: the order is stored, and its client never hears of it', async () => {
  const api = await start('--drop-response-ratio=0.3');
  const { 200: answered = 0, 0: broken = 0 } = await api.statuses();
  expect(answered + broken).toBe(ORDERS);
  expect(Math.abs(broken - 30)).toBeLessThan(4 * Math.sqrt(ORDERS * 0.3 * 0.7));
  expect(await api.truth()).toMatchObject({
    storedOrders: ORDERS,
    byStatus: { 200: answered },
    dropped: broken,
    inFlight: 0,
    faults: { droppedResponses: broken },
  });
});

it('--drop-response-ratio: drops no refusal and no read', async () => {
  const api = await start('--drop-response-ratio=1');
  const url = running[0]?.url;
  expect((await api.post('a')).status).toBe(0);
  expect((await fetch(`${url}/orders/a`)).status).toBe(200);
  expect((await fetch(`${url}/orders`, { method: 'POST', body: '{' })).status).toBe(400);
});

it('--kill-environment-ratio: 502, and the next order finds a new environment', async () => {
  const api = await start('--kill-environment-ratio=0.3');
  const { 200: answered = 0, 502: killed = 0 } = await api.statuses();
  expect(answered + killed).toBe(ORDERS);
  expect(Math.abs(killed - 30)).toBeLessThan(4 * Math.sqrt(ORDERS * 0.3 * 0.7));
  const truth = await api.truth();
  expect(truth.faults).toMatchObject({ killedEnvironments: killed });
  // One after the other: every environment but the first takes the place of a killed one.
  const last = truth.functions['create-order']?.idleEnvironments ?? 0;
  expect(truth.coldStarts).toBe(killed + last);
  // Half of the killed had stored their order before.
  const late = (truth.storedOrders ?? 0) - answered;
  expect(late).toBeGreaterThan(0);
  expect(late).toBeLessThan(killed);
});

it('--slower: stretches what is modelled, INIT included', async () => {
  const api = await start('--slower=10', '--io-ms=10', '--init-ms=10', '--init-sigma=0');
  expect((await api.post('cold')).tookMs).toBeGreaterThan(197);
  expect((await api.post('warm')).tookMs).toBeGreaterThan(98);
  expect((await api.truth()).faults).toMatchObject({ durationFactor: 10 });
});

it('--drift-percent-per-hour: durations grow from the start on', async () => {
  const api = await start('--drift-percent-per-hour=1000000');
  const before = (await api.truth()).faults?.durationFactor ?? 0;
  await api.post('a');
  const after = (await api.truth()).faults?.durationFactor ?? 0;
  expect(before).toBeGreaterThan(1);
  expect(after).toBeGreaterThan(before);
});

it('are options of a deployment as well', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'order-load-faults-'));
  const file = join(folder, 'flaky.json');
  const options = { 'store-throttle-ratio': 1 };
  await writeFile(file, JSON.stringify({ description: 'A throttled table', options }));
  try {
    const api = await start('--deployment', file);
    expect((await api.post('a')).status).toBe(500);
    expect((await api.truth()).faults).toMatchObject({ storeThrottles: 1, storeErrors: 0 });
  } finally {
    await rm(folder, { recursive: true });
  }
});
