import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context, SQSEvent } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseOrderInput } from '../../../order-api/handlers/order-input.ts';
import { renderOrderMessage } from '../../../order-api/handlers/order-queue.ts';
import {
  type FailureReason,
  type WriteOrdersOptions,
  writeOrdersHandler,
} from '../../../order-api/handlers/write-orders.ts';
import { startDynalite } from '../../../order-api/servers/start-dynalite.ts';
import { dynamoDbOrders } from '../../../order-api/store/dynamodb-orders.ts';
import { openMemoryStore } from '../../../order-api/store/memory-store.ts';
import { openStore, TABLE_NAME } from '../../../order-api/store/open-store.ts';
import type {
  BatchOrderStore,
  OpenStore,
  OrderInput,
} from '../../../order-api/store/order-store.ts';
import { CONTEXT, ORDER } from './http-events.ts';

type Message = OrderInput | string;

const orderOf = (orderId: string, change: Partial<OrderInput> = {}): OrderInput => ({
  orderId,
  ...ORDER,
  ...change,
});
const ordersOf = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, i) => orderOf(`${prefix}-${i}`));

let clockMs = 1_700_000_000_000;
beforeEach(() => {
  clockMs += 1000;
});

/** Messages get the ids m0, m1, …; gives back those that failed, with the reasons. */
async function deliver(
  store: BatchOrderStore,
  messages: readonly Message[],
  options: Partial<WriteOrdersOptions> = {},
) {
  const reasons: Record<string, FailureReason> = {};
  const handler = writeOrdersHandler({
    store,
    writeMode: 'batch',
    nowMs: () => clockMs,
    wait: () => Promise.resolve(),
    random: () => 0.5,
    onFailure: (messageId, reason) => {
      reasons[messageId] = reason;
    },
    ...options,
  });
  const Records = messages.map((message, i) => ({
    messageId: `m${i}`,
    body: typeof message === 'string' ? message : renderOrderMessage(message),
  }));
  const response = await handler({ Records }, CONTEXT);
  const failed = response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  expect(failed.sort()).toEqual(Object.keys(reasons).sort());
  return reasons;
}

describe.each([
  ['dynalite', 'batch'],
  ['dynalite', 'conditional'],
  ['memory', 'batch'],
  ['memory', 'conditional'],
] as const)('batches written to %s by mode %s', (kind, writeMode) => {
  let store: OpenStore;
  beforeAll(async () => {
    store = await openStore({ kind }, () => {});
  });
  afterAll(() => store.close());
  const write = (messages: readonly Message[]) => deliver(store, messages, { writeMode });

  it('stores every order of a batch larger than one call takes', async () => {
    const orders = ordersOf('many', 130);
    expect(await write(orders)).toEqual({});
    for (const order of orders) {
      expect(await store.get(order.orderId)).toEqual({ ...order, storedAt: clockMs });
    }
  });

  it('takes an empty batch', async () => {
    expect(await write([])).toEqual({});
  });

  it('gives back messages that hold no order, and stores their neighbours', async () => {
    const poison = ['not json', '', '{}', JSON.stringify(orderOf('bad', { quantity: 1.5 }))];
    expect(await write([orderOf('left'), ...poison, orderOf('right')])).toEqual({
      m1: 'malformed',
      m2: 'malformed',
      m3: 'malformed',
      m4: 'malformed',
    });
    expect(await store.get('left')).toBeDefined();
    expect(await store.get('right')).toBeDefined();
    expect(await store.get('bad')).toBeUndefined();
  });

  it('changes nothing when a batch is delivered again', async () => {
    const orders = ordersOf('again', 30);
    await write(orders);
    const firstMs = clockMs;
    clockMs += 5000;
    expect(await write([...orders, orderOf('again-new')])).toEqual({});
    for (const { orderId } of orders) {
      expect(await store.get(orderId)).toMatchObject({ storedAt: firstMs });
    }
    expect(await store.get('again-new')).toMatchObject({ storedAt: clockMs });
  });

  it('stores copies within a batch once', async () => {
    const before = (await store.count()) ?? Number.NaN;
    const copies = Array.from({ length: 30 }, () => orderOf('copy'));
    expect(await write([...copies, orderOf('other')])).toEqual({});
    expect(await store.count()).toBe(before + 2);
  });

  it('gives back another order under an id of the same batch, and keeps the first', async () => {
    const batch = [orderOf('clash'), orderOf('clash', { price: 1 }), orderOf('clash')];
    expect(await write(batch)).toEqual({ m1: 'conflict' });
    expect(await store.get('clash')).toMatchObject(orderOf('clash'));
  });

  it('gives back another order under a stored id, and keeps the first', async () => {
    await write([orderOf('taken')]);
    const other = orderOf('taken', { customerId: 'c-2' });
    expect(await write([orderOf('free'), other, other])).toEqual({
      m1: 'conflict',
      m2: 'conflict',
    });
    expect(await store.get('taken')).toMatchObject(orderOf('taken'));
    expect(await store.get('free')).toBeDefined();
  });

  it('knows an order whose expiry was worked out afresh', async () => {
    await write([orderOf('ttl', { expiresAt: 1_800_000_000 })]);
    expect(await write([orderOf('ttl', { expiresAt: 1_800_000_007 })])).toEqual({});
    expect(await store.get('ttl')).toMatchObject({ expiresAt: 1_800_000_000 });
  });

  it('answers as Powertools does', async () => {
    const bodies = [
      renderOrderMessage(orderOf('pt')),
      'poison',
      renderOrderMessage(orderOf('pt2')),
    ];
    const Records = bodies.map((body, i) => ({ messageId: `m${i}`, body, eventSource: 'aws:sqs' }));
    const expected = await processPartialResponse(
      { Records } as unknown as SQSEvent,
      (record: { body: string }) => {
        if (parseOrderInput(record.body) === null) throw new Error('no order');
      },
      new BatchProcessor(EventType.SQS),
      { context: CONTEXT as unknown as Context },
    );
    const handler = writeOrdersHandler({
      store,
      writeMode,
      nowMs: () => clockMs,
      wait: () => Promise.resolve(),
      random: () => 0,
    });
    expect(await handler({ Records }, CONTEXT)).toEqual(expected);
    expect(expected).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
  });
});

it('keeps the first order of simultaneous writers by conditional puts', async () => {
  const store = await openStore({ kind: 'dynalite' }, () => {});
  try {
    const deliveries = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        deliver(store, [orderOf('race', { price: i })], {
          writeMode: 'conditional',
          nowMs: () => clockMs + i,
        }),
      ),
    );
    const winners = deliveries.flatMap((reasons, i) => (reasons['m0'] === undefined ? [i] : []));
    expect(winners).toHaveLength(1);
    const [winner = -1] = winners;
    expect(await store.get('race')).toMatchObject({ price: winner, storedAt: clockMs + winner });
  } finally {
    await store.close();
  }
});

it('lets the later of two simultaneous batches win, as decision 6 says', async () => {
  const { memory, store, putMany } = troubledStore();
  const late = { released: () => {} };
  const held = new Promise<void>((resolve) => {
    late.released = resolve;
  });
  putMany.mockImplementationOnce(async (orders) => {
    await held;
    return memory.putMany(orders);
  });
  const first = deliver(store, [orderOf('both')], { nowMs: () => 1 });
  await vi.waitFor(() => expect(putMany).toHaveBeenCalledTimes(1));
  expect(await deliver(store, [orderOf('both')], { nowMs: () => 2 })).toEqual({});
  late.released();
  expect(await first).toEqual({});
  expect(await memory.count()).toBe(1);
  expect(await memory.get('both')).toEqual({ ...orderOf('both'), storedAt: 1 });
});

/** A store in memory whose batch calls can be made to do only a part of their work, or to throw. */
function troubledStore() {
  const memory = openMemoryStore();
  const getMany = vi.fn(memory.getMany.bind(memory));
  const putMany = vi.fn(memory.putMany.bind(memory));
  const putIfAbsent = vi.fn(memory.putIfAbsent.bind(memory));
  const store: BatchOrderStore = { get: memory.get.bind(memory), getMany, putMany, putIfAbsent };
  return { memory, store, getMany, putMany, putIfAbsent };
}

describe('a store in trouble', () => {
  it('is sent the unprocessed items again, and only those, with growing pauses', async () => {
    const { memory, store, putMany } = troubledStore();
    putMany.mockImplementation(async (orders) => {
      const written = Math.ceil(orders.length / 2);
      await memory.putMany(orders.slice(0, written));
      clockMs += 10;
      return orders.slice(written).map(({ orderId }) => orderId);
    });
    const beganMs = clockMs;
    const pauses: number[] = [];
    const wait = (ms: number) => {
      pauses.push(ms);
      return Promise.resolve();
    };
    expect(await deliver(store, ordersOf('part', 25), { wait })).toEqual({});
    expect(putMany.mock.calls.map(([orders]) => orders.length)).toEqual([25, 12, 6, 3, 1]);
    expect(pauses).toEqual([25, 50, 100, 200]);
    expect(await memory.count()).toBe(25);
    // An order is not stored before the attempt that stored it.
    expect(await memory.get('part-0')).toMatchObject({ storedAt: beganMs });
    expect(await memory.get('part-24')).toMatchObject({ storedAt: beganMs + 40 });
  });

  it('gives back what stays unprocessed, with every copy of it', async () => {
    const { memory, store, putMany } = troubledStore();
    putMany.mockImplementation(async (orders) => {
      await memory.putMany(orders.filter(({ orderId }) => orderId !== 'stuck'));
      return orders.some(({ orderId }) => orderId === 'stuck') ? ['stuck'] : [];
    });
    const batch = [orderOf('fine'), orderOf('stuck'), orderOf('stuck')];
    expect(await deliver(store, batch)).toEqual({ m1: 'unwritten', m2: 'unwritten' });
    expect(putMany).toHaveBeenCalledTimes(6);
  });

  it('gives back a whole call that fails, and no other', async () => {
    const { store, putMany } = troubledStore();
    putMany.mockRejectedValueOnce(new Error('down'));
    const onStoreError = vi.fn();
    const reasons = await deliver(store, ordersOf('call', 60), { onStoreError });
    expect(Object.values(reasons)).toEqual(Array(25).fill('unwritten'));
    expect(onStoreError).toHaveBeenCalledExactlyOnceWith(new Error('down'));
  });

  it('keeps what was written before a retry failed', async () => {
    const { memory, store, putMany } = troubledStore();
    putMany
      .mockImplementationOnce(async (orders) => {
        await memory.putMany(orders.slice(0, 1));
        return orders.slice(1).map(({ orderId }) => orderId);
      })
      .mockRejectedValueOnce(new Error('down'));
    expect(await deliver(store, ordersOf('half', 3))).toEqual({ m1: 'unwritten', m2: 'unwritten' });
  });

  it('reads unprocessed keys again, and writes nothing that it could not look up', async () => {
    const { memory, store, getMany, putMany } = troubledStore();
    await memory.putIfAbsent({ ...orderOf('known'), storedAt: 1 });
    getMany.mockImplementation(async (ids) => ({
      found: (await memory.getMany(ids.filter((id) => id !== 'dark'))).found,
      unprocessed: ids.filter((id) => id === 'dark'),
    }));
    const batch = [orderOf('known'), orderOf('dark'), orderOf('new')];
    expect(await deliver(store, batch)).toEqual({ m1: 'unwritten' });
    expect(getMany.mock.calls.map(([ids]) => ids.length)).toEqual([3, 1, 1, 1, 1, 1]);
    expect(putMany.mock.calls.map(([orders]) => orders.map(({ orderId }) => orderId))).toEqual([
      ['new'],
    ]);
    expect(await memory.get('known')).toMatchObject({ storedAt: 1 });
  });

  it('gives everything back when nothing can be read', async () => {
    const { store, getMany, putMany } = troubledStore();
    getMany.mockRejectedValue(new Error('down'));
    expect(await deliver(store, ordersOf('blind', 2))).toEqual({
      m0: 'unwritten',
      m1: 'unwritten',
    });
    expect(putMany).not.toHaveBeenCalled();
  });

  it('puts orders one by one where DynamoDB refuses a call for one of them', async () => {
    const { memory, store, putMany, putIfAbsent } = troubledStore();
    const refusal = Object.assign(new Error('too large'), { name: 'ValidationException' });
    putMany.mockRejectedValueOnce(refusal);
    putIfAbsent.mockImplementation((order) =>
      order.orderId === 'one-1' ? Promise.reject(refusal) : memory.putIfAbsent(order),
    );
    expect(await deliver(store, ordersOf('one', 3))).toEqual({ m1: 'unwritten' });
    expect(await memory.count()).toBe(2);
  });
});

describe('the DynamoDB client', () => {
  it('names the items that a call left undone', async () => {
    const client = new DynamoDBClient({ region: 'us-east-1' });
    const orders = dynamoDbOrders(client, TABLE_NAME);
    const key = { orderId: { S: 'b' } };
    const send = vi.spyOn(client, 'send');
    send.mockResolvedValueOnce({
      UnprocessedItems: { [TABLE_NAME]: [{ PutRequest: { Item: key } }] },
    } as never);
    const ab = [orderOf('a'), orderOf('b')].map((order) => ({ ...order, storedAt: 1 }));
    expect(await orders.putMany(ab)).toEqual(['b']);
    send.mockResolvedValueOnce({ UnprocessedKeys: { [TABLE_NAME]: { Keys: [key] } } } as never);
    expect(await orders.getMany(['a', 'b'])).toEqual({ found: [], unprocessed: ['b'] });
    client.destroy();
  });

  it('makes a real table refuse a call that names an order twice', async () => {
    const dynalite = await startDynalite();
    try {
      const url = dynalite.endpoint;
      const store = await openStore({ kind: 'endpoint', url }, () => {});
      const twice = [orderOf('a'), orderOf('a')].map((order) => ({ ...order, storedAt: 1 }));
      await expect(store.putMany(twice)).rejects.toMatchObject({ name: 'ValidationException' });
      await store.close();
    } finally {
      await dynalite.stop();
    }
  });
});
