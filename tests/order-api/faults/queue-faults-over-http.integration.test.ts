import { describe, expect, it, type TestContext, vi } from 'vitest';
import { parseOrderApiFlags } from '../../../lib/app/order-api/order-api-flags.ts';
import type { OrderApiTruth } from '../../../order-api/order-api-truth.ts';
import { startOrderApi } from '../../../order-api/start-order-api.ts';

const ORDERS = 100;
const FAST = '--queue --init-ms=0 --work-ms=0 --io-ms=0';
/** Lambda times out no later than a message is visible again. */
const AGAIN_SOON = '--timeout-ms=2000 --visibility-seconds=2';

/** Starts an order API, queues orders, and waits until its queue holds none. */
async function queueOrders(context: TestContext, flags: string) {
  const command = parseOrderApiFlags(`${FAST} ${flags}`.split(' '));
  if (command === null) throw new Error('help was asked for');
  const api = await startOrderApi(command.config, () => {});
  context.onTestFinished(() => api.stop());
  const statuses = await Promise.all(
    Array.from({ length: ORDERS }, async (_, i) => {
      const order = { orderId: `o-${i}`, customerId: 'c', productId: 'p', quantity: 1, price: i };
      const response = await fetch(`${api.url}/orders/async`, {
        method: 'POST',
        body: JSON.stringify(order),
      });
      return response.status;
    }),
  );
  expect(new Set(statuses)).toEqual(new Set([202]));
  const truth = async () => {
    const read = (await (await fetch(`${api.url}/__truth`)).json()) as OrderApiTruth;
    if (read.queue === null || read.faults === null) throw new Error('no queue, or no faults');
    return { ...read, queue: read.queue, faults: read.faults };
  };
  await vi.waitFor(async () => {
    const { queue, faults } = await truth();
    expect(queue).toMatchObject({ visible: 0, inFlight: 0, dlq: faults.poisonMessages });
    expect(queue.deleted).toBe(ORDERS + faults.duplicateDeliveries);
  }, 30_000);
  return truth();
}

/** Four standard errors of a binomial count. */
const bound = (ratio: number) => 4 * Math.sqrt(ORDERS * ratio * (1 - ratio));

it.for([
  '--store=memory --write-mode=batch',
  '--store=memory --write-mode=conditional',
  '--store=dynalite --write-mode=batch',
])(
  '--duplicate-delivery-ratio: every order is stored exactly once (%s)',
  { timeout: 60_000 },
  async (flags, context) => {
    const truth = await queueOrders(context, `--duplicate-delivery-ratio=0.3 ${flags}`);
    const { duplicateDeliveries } = truth.faults;
    expect(Math.abs(duplicateDeliveries - 30)).toBeLessThan(bound(0.3));
    expect(truth).toMatchObject({
      storedOrders: ORDERS,
      queue: {
        sent: ORDERS,
        received: ORDERS + duplicateDeliveries,
        redelivered: duplicateDeliveries,
        dlq: 0,
        failedBatches: 0,
        partialBatches: 0,
        oldestAgeMs: null,
        // A second write would be timed as well.
        acceptedToStoredMs: { count: ORDERS },
      },
    });
  },
);

// They wait for what is delivered again.
describe.concurrent('a queue with poison', () => {
  it('--poison-ratio: ends in the dead-letter queue, its neighbours are stored', async (context) => {
    const truth = await queueOrders(
      context,
      `${AGAIN_SOON} --poison-ratio=0.2 --max-receive-count=2 --store=memory`,
    );
    const { poisonMessages } = truth.faults;
    expect(Math.abs(poisonMessages - 20)).toBeLessThan(bound(0.2));
    expect(truth).toMatchObject({
      storedOrders: ORDERS,
      faults: { duplicateDeliveries: 0 },
      queue: {
        sent: ORDERS,
        received: ORDERS + 2 * poisonMessages,
        redelivered: poisonMessages,
        deleted: ORDERS,
        dlq: poisonMessages,
        oldestAgeMs: null,
        acceptedToStoredMs: { count: ORDERS },
      },
    });
    expect(truth.queue.partialBatches + truth.queue.failedBatches).toBeGreaterThan(0);
  }, 60_000);

  it('both at once, and the same orders are stored once', async (context) => {
    const truth = await queueOrders(
      context,
      `${AGAIN_SOON} --poison-ratio=0.1 --duplicate-delivery-ratio=0.2 --max-receive-count=3 --store=memory`,
    );
    expect(truth.faults.poisonMessages).toBeGreaterThan(0);
    expect(truth.faults.duplicateDeliveries).toBeGreaterThan(0);
    expect(truth).toMatchObject({
      storedOrders: ORDERS,
      queue: { dlq: truth.faults.poisonMessages },
    });
  }, 60_000);
});
