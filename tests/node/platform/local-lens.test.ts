import { afterEach, expect, it } from 'vitest';
import { parseOrderApiFlags } from '../../../lib/app/order-api/order-api-flags.ts';
import { createLocalLens } from '../../../lib/node/platform/local-lens.ts';
import { type RunningOrderApi, startOrderApi } from '../../../order-api/start-order-api.ts';

const FAST = ['--store=memory', '--init-ms=0', '--work-ms=0', '--io-ms=20', '--memory=1024'];

const running: RunningOrderApi[] = [];
afterEach(async () => {
  for (const target of running.splice(0)) await target.stop();
});

/** What the lens sees of the function that takes some orders, one after the other. */
async function readingOf(orders: number, ...flags: string[]) {
  const command = parseOrderApiFlags([...FAST, ...flags]);
  if (command === null) throw new Error('help was asked for');
  const target = await startOrderApi(command.config, () => {});
  running.push(target);
  const lens = createLocalLens({ baseUrl: target.url, entry: 'create-order' });
  await lens.begin();
  for (let i = 0; i < orders; i++) {
    const order = { orderId: `o-${i}`, customerId: 'c', productId: 'p', quantity: 1, price: 1 };
    const response = await fetch(`${target.url}/orders`, {
      method: 'POST',
      body: JSON.stringify(order),
    });
    await response.text();
  }
  const { functions } = await lens.read();
  return functions[0];
}

it('sees the memory of environments that do not leak: what the model says, always', async () => {
  const { memory } = await readingOf(3);
  expect(memory.length).toBeGreaterThan(0);
  for (const { maxUsedMb, lengthMs } of memory) expect([maxUsedMb, lengthMs]).toEqual([85, 1000]);
});

it('sees a leak', async () => {
  // 1 MB in 4 ms, and an order takes 20 ms.
  const { memory } = await readingOf(10, '--leak-mb-per-hour=900000');
  expect(Math.max(...memory.map(({ maxUsedMb }) => maxUsedMb))).toBeGreaterThan(85 + 10 * 5 - 5);
});

it('sees memory and processor of the function, which decide the price', async () => {
  const { settings } = await readingOf(1, '--memory=512', '--arch=arm');
  expect(settings).toEqual({ memoryMb: 512, architecture: 'arm' });
});
