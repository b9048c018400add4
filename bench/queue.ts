import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { OrderApiTruth } from '../order-api/order-api-truth.ts';

/**
 * Measures throughput and lag of the queue path by batch size. Orders are put into the real local SQS, first as fast as
 * it takes them and then at a steady rate, until the last one is stored and deleted.
 *
 * npx tsx bench/queue.ts [orders] [order-api flags…]
 */
const ORDERS = Number(process.argv[2] ?? 2_000);
const FLAGS = process.argv.slice(3);
const SETTINGS = [
  [1, 0],
  [10, 0],
  [25, 1],
  [100, 1],
  [1_000, 1],
] as const;
const STEADY_PER_SECOND = 200;
const BATCHES_AT_ONCE = 10;
const ROOT = fileURLToPath(new URL('../', import.meta.url));

function row(cells: readonly (string | number)[]): void {
  process.stdout.write(`${cells.map((cell) => String(cell).padStart(12)).join('')}\n`);
}

async function startOrderApi(batchSize: number, windowSeconds: number) {
  const args = ['--queue', '--batch-size', String(batchSize), '--die-with-parent'];
  const settings = ['--batch-window-seconds', String(windowSeconds), ...FLAGS];
  const child = spawn(process.execPath, ['scripts/start.mjs', 'order-api', ...args, ...settings], {
    cwd: ROOT,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const ready = once(createInterface({ input: child.stdout }), 'line').then(([line]) =>
    String(line).replace('ready ', ''),
  );
  const url = await Promise.race([
    ready,
    exited.then(() => {
      throw new Error('the order API did not start');
    }),
  ]);
  return {
    async queue() {
      const { queue } = (await (await fetch(`${url}/__truth`)).json()) as OrderApiTruth;
      if (queue === null) throw new Error('the order API has no queue');
      return queue;
    },
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

async function until(timeMs: number): Promise<void> {
  const leftMs = timeMs - performance.now();
  if (leftMs > 0) await new Promise((done) => setTimeout(done, leftMs));
}

async function fill(
  endpoint: string,
  queueUrl: string,
  ratePerSecond: number | null,
): Promise<void> {
  const client = new SQSClient({
    endpoint,
    useQueueUrlAsEndpoint: false,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const order = (index: number) => ({
    Id: String(index),
    MessageBody: JSON.stringify({
      orderId: `bench-${index}`,
      customerId: 'c-1',
      productId: 'p-1',
      quantity: 1,
      price: 100,
    }),
  });
  const startedMs = performance.now();
  let next = 0;
  const sendBatches = async () => {
    for (let first = next; first < ORDERS; first = next) {
      next += 10;
      if (ratePerSecond !== null) await until(startedMs + (first * 1000) / ratePerSecond);
      const Entries = Array.from({ length: Math.min(10, ORDERS - first) }, (_, i) =>
        order(first + i),
      );
      await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    }
  };
  await Promise.all(Array.from({ length: BATCHES_AT_ONCE }, sendBatches));
  client.destroy();
}

async function measure(
  batchSize: number,
  windowSeconds: number,
  ratePerSecond: number | null,
): Promise<void> {
  const api = await startOrderApi(batchSize, windowSeconds);
  try {
    const startedMs = performance.now();
    const { endpoint, url } = await api.queue();
    await fill(endpoint, url, ratePerSecond);
    const filledSeconds = (performance.now() - startedMs) / 1000;
    let queue = await api.queue();
    while (queue.deleted < ORDERS) {
      await new Promise((done) => setTimeout(done, 50));
      queue = await api.queue();
    }
    const seconds = (performance.now() - startedMs) / 1000;
    const { p50, p95, max } = queue.acceptedToStoredMs;
    row([
      batchSize,
      windowSeconds,
      filledSeconds.toFixed(2),
      seconds.toFixed(2),
      Math.round(ORDERS / seconds),
      queue.batches,
      (queue.batchFill ?? 0).toFixed(2),
      p50 ?? '-',
      p95 ?? '-',
      max ?? '-',
      queue.pollers,
    ]);
  } finally {
    await api.stop();
  }
}

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
for (const ratePerSecond of [null, STEADY_PER_SECOND]) {
  const how = ratePerSecond === null ? 'at once' : `at ${ratePerSecond} a second`;
  process.stdout.write(`${ORDERS} orders ${how}; lag in ms from SentTimestamp to storedAt\n`);
  row([
    'batch size',
    'window s',
    'filled in s',
    'stored in s',
    'orders/s',
    'batches',
    'fill',
    'lag p50',
    'lag p95',
    'lag max',
    'pollers',
  ]);
  for (const [batchSize, windowSeconds] of SETTINGS) {
    await measure(batchSize, windowSeconds, ratePerSecond);
  }
}
