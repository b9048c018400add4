import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { ReceiveMessageCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it, type TestContext, vi } from 'vitest';
import type { OrderApiTruth } from '../../../order-api/order-api-truth.ts';
import { startDynalite } from '../../../order-api/servers/start-dynalite.ts';
import { isAlive, type OrderApiProcess, startOrderApi } from '../order-api-process.ts';

const ORDER = { customerId: 'c-1', productId: 'p-1', quantity: 2, price: 100 };
const FAST = ['--io-ms', '0', '--work-ms', '0', '--init-ms', '1'];

async function start(context: TestContext, ...args: string[]) {
  const api = await startOrderApi(['--queue', ...FAST, ...args]);
  context.onTestFinished(async () => {
    api.child.kill('SIGKILL');
    await api.exited();
  });
  return {
    api,
    enqueue: (order: unknown) =>
      fetch(`${api.url}/orders/async`, { method: 'POST', body: JSON.stringify(order) }),
    queue: async () => {
      const { queue } = (await api.truth()) as OrderApiTruth;
      if (queue === null) throw new Error('the order API has no queue');
      return queue;
    },
  };
}

/** A busy machine answers so many at once before its time is up. */
const AT_ONCE = 20;

async function enqueueAll(enqueue: (order: unknown) => Promise<Response>, count: number) {
  const orders = Array.from({ length: count }, (_, index) => ({ orderId: `o-${index}`, ...ORDER }));
  while (orders.length > 0) {
    const answers = await Promise.all(orders.splice(0, AT_ONCE).map(enqueue));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
  }
}

async function connectTo(context: TestContext, { endpoint }: { readonly endpoint: string }) {
  const client = new SQSClient({
    endpoint,
    useQueueUrlAsEndpoint: false,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  context.onTestFinished(() => client.destroy());
  return client;
}

function fauxqsPid(api: OrderApiProcess): number {
  const row = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .find(
      ([, ppid, ...args]) =>
        Number(ppid) === api.child.pid && args.join(' ').includes('fauxqs-process'),
    );
  if (row === undefined) throw new Error('the order API has no fauxqs process');
  return Number(row[0]);
}

/** A door to a server that can be shut for a while. */
async function startDoor(context: TestContext, port: number) {
  const sockets = new Set<Socket>();
  let open = true;
  const server = createServer((client) => {
    sockets.add(client);
    client.on('error', () => {});
    client.on('close', () => sockets.delete(client));
    if (!open) {
      client.destroy();
      return;
    }
    const upstream = connect(port, '127.0.0.1');
    upstream.on('error', () => client.destroy());
    client.on('close', () => upstream.destroy());
    client.pipe(upstream).pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    shut() {
      open = false;
      for (const socket of sockets) socket.destroy();
    },
    reopen() {
      open = true;
    },
  };
}

describe.each([
  ['memory', '--write-mode', 'batch'],
  ['dynalite', '--write-mode', 'batch'],
  ['dynalite', '--write-mode', 'conditional'],
])('the queue path with --store %s %s %s', (store, ...mode) => {
  it('stores 300 orders exactly once', async (context) => {
    const { api, enqueue, queue } = await start(context, '--store', store, ...mode);
    await enqueueAll(enqueue, 300);
    await vi.waitFor(async () => expect((await queue()).deleted).toBe(300), 30_000);
    const truth = (await api.truth()) as OrderApiTruth;
    expect(truth).toMatchObject({ storedOrders: 300, byStatus: { 202: 300 } });
    expect(truth.functions['write-orders']?.invocations).toBe(truth.queue?.batches);
    expect(truth.queue).toMatchObject({
      sent: 300,
      received: 300,
      redelivered: 0,
      visible: 0,
      inFlight: 0,
      dlq: 0,
      failedBatches: 0,
      partialBatches: 0,
      throttledInvocations: 0,
      oldestAgeMs: null,
      acceptedToStoredMs: { count: 300 },
    });
    const read = await fetch(`${api.url}/orders/o-299`);
    expect(await read.json()).toEqual({
      orderId: 'o-299',
      ...ORDER,
      storedAt: expect.any(Number),
    });
  }, 60_000);
});

// They wait more than they work.
describe.concurrent('the queue path', () => {
  it('answers 400 to what is no order, and sends nothing', async (context) => {
    const { enqueue, queue } = await start(context, '--store', 'memory');
    expect((await enqueue({ orderId: 'a' })).status).toBe(400);
    expect(await queue()).toMatchObject({ sent: 0, received: 0 });
  });

  it('moves poison to the dead-letter queue after --max-receive-count, its neighbours are stored', async (context) => {
    const { api, queue } = await start(
      context,
      '--store',
      'memory',
      '--timeout-ms',
      '1000',
      '--visibility-seconds',
      '1',
      '--max-receive-count',
      '3',
    );
    const { url, deadLetterUrl, ...rest } = await queue();
    const client = await connectTo(context, rest);
    const bodies = Array.from({ length: 9 }, (_, i) =>
      JSON.stringify({ orderId: `o-${i}`, ...ORDER }),
    );
    bodies.splice(4, 0, '{"orderId":"poison"}');
    const Entries = bodies.map((MessageBody, i) => ({ Id: String(i), MessageBody }));
    await client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
    await vi.waitFor(async () => expect((await queue()).dlq).toBe(1), 30_000);
    expect(await queue()).toMatchObject({
      received: 12,
      redelivered: 2,
      deleted: 9,
      deleteCalls: 1,
      writeCalls: 1,
      writtenItems: 9,
      readItems: 9,
      batches: 3,
      partialBatches: 1,
      failedBatches: 2,
      visible: 0,
      inFlight: 0,
      oldestAgeMs: null,
    });
    expect((await api.truth()).storedOrders).toBe(9);
    const dead = await client.send(new ReceiveMessageCommand({ QueueUrl: deadLetterUrl }));
    expect(dead.Messages?.map(({ Body }) => Body)).toEqual(['{"orderId":"poison"}']);
  }, 60_000);

  it('tries batches again that Lambda throttles, and loses none', async (context) => {
    const { api, queue } = await start(
      context,
      '--store',
      'memory',
      '--batch-size',
      '1',
      '--account-concurrency',
      '2',
      '--io-ms',
      '200',
    );
    const { url, ...rest } = await queue();
    const client = await connectTo(context, rest);
    const Entries = Array.from({ length: 10 }, (_, i) => ({
      Id: String(i),
      MessageBody: JSON.stringify({ orderId: `o-${i}`, ...ORDER }),
    }));
    await client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
    await vi.waitFor(async () => expect((await queue()).deleted).toBe(10), 30_000);
    const truth = (await api.truth()) as OrderApiTruth;
    expect(truth.storedOrders).toBe(10);
    expect(truth.queue?.throttledInvocations).toBeGreaterThan(0);
    expect(truth.functions['write-orders']).toMatchObject({ invocations: 10, peakConcurrency: 2 });
    expect(truth.throttles).toBe(truth.queue?.throttledInvocations);
  }, 60_000);

  it('stores an order once that is delivered twice, and keeps its storedAt', async (context) => {
    const { api, enqueue, queue } = await start(context, '--store', 'memory');
    const storedAt = async () => {
      const order = await (await fetch(`${api.url}/orders/a`)).json();
      return (order as { storedAt?: number }).storedAt;
    };
    await enqueue({ orderId: 'a', ...ORDER });
    await vi.waitFor(async () => expect((await queue()).deleted).toBe(1), 10_000);
    const first = await storedAt();
    await enqueue({ orderId: 'a', ...ORDER });
    await vi.waitFor(async () => expect((await queue()).deleted).toBe(2), 10_000);
    expect(await storedAt()).toBe(first);
    expect((await api.truth()).storedOrders).toBe(1);
    expect((await queue()).acceptedToStoredMs.count).toBe(1);
  });

  it('delivers again when the store was down for a while', async (context) => {
    const dynalite = await startDynalite();
    context.onTestFinished(() => dynalite.stop());
    const door = await startDoor(context, Number(new URL(dynalite.endpoint).port));
    const { api, enqueue, queue } = await start(
      context,
      '--dynamodb-endpoint',
      door.url,
      '--timeout-ms',
      '2500',
      '--visibility-seconds',
      '3',
      '--max-receive-count',
      '100',
    );
    door.shut();
    await enqueueAll(enqueue, 40);
    await vi.waitFor(async () => expect((await queue()).redelivered).toBeGreaterThan(0), 10_000);
    expect(await queue()).toMatchObject({ deleted: 0, dlq: 0 });
    expect((await queue()).oldestAgeMs).toBeGreaterThan(1_000);
    door.reopen();
    await vi.waitFor(async () => expect((await queue()).deleted).toBe(40), 30_000);
    const truth = (await api.truth()) as OrderApiTruth;
    expect(truth.storedOrders).toBe(40);
    expect(truth.queue).toMatchObject({ dlq: 0, acceptedToStoredMs: { count: 40 } });
    expect(truth.queue?.acceptedToStoredMs.p50).toBeGreaterThan(1_000);
  }, 60_000);

  it('answers 500 once the queue is gone, and the rest of the API goes on', async (context) => {
    const { api, enqueue } = await start(context, '--store', 'memory');
    const pid = fauxqsPid(api);
    process.kill(pid, 'SIGKILL');
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), 10_000);
    expect((await enqueue({ orderId: 'a', ...ORDER })).status).toBe(500);
    expect((await api.post({ orderId: 'a', ...ORDER })).status).toBe(200);
    const truth = (await api.truth()) as OrderApiTruth;
    expect(truth.queue).toMatchObject({ sent: 0, visible: null, inFlight: null, dlq: null });
  });

  it.for([
    ['SIGTERM', 143],
    ['SIGKILL', 'SIGKILL'],
  ] as const)(
    'leaves no process behind on %s, with long polls open',
    async ([signal, exit], context) => {
      const { api } = await start(context, '--store', 'memory');
      const pid = fauxqsPid(api);
      api.child.kill(signal);
      expect(await api.exited()).toBe(exit);
      await vi.waitFor(() => expect(isAlive(pid)).toBe(false), 10_000);
    },
  );

  it('is off unless it is asked for', async (context) => {
    const api = await startOrderApi(['--store', 'memory']);
    context.onTestFinished(async () => {
      api.child.kill('SIGKILL');
      await api.exited();
    });
    const answer = await fetch(`${api.url}/orders/async`, { method: 'POST', body: '{}' });
    expect(answer.status).toBe(405);
    expect(await api.truth()).toMatchObject({ queue: null });
    expect(() => fauxqsPid(api)).toThrow('no fauxqs process');
  });
});
