import type { BatchOrderStore, OrderInput, StoredOrder } from '../store/order-store.ts';
import { type PartsOptions, sendInParts } from './send-in-parts.ts';
import { isSameOrder, storeOnce } from './store-once.ts';

export interface WriteBatchOptions extends PartsOptions {
  readonly store: BatchOrderStore;
  /** Epoch ms, written as `storedAt`. */
  readonly nowMs: () => number;
  readonly onStoreError?: ((error: unknown) => void) | undefined;
}

/** The result for an order: `conflict` if its id has other content, `unwritten` if a retry may help. */
export type WriteResult = 'written' | 'conflict' | 'unwritten';

export type WriteResults = ReadonlyMap<string, WriteResult>;

/** Limits of BatchGetItem and BatchWriteItem (DynamoDB's API reference). */
const READ_LIMIT = 100;
export const WRITE_LIMIT = 25;

/**
 * Stores orders with distinct ids by BatchWriteItem, 25 per call. It has no conditions, so a consistent read comes
 * first, and orders that are already stored are left as they are. Another writer of the same id can come in between;
 * then the later write replaces the earlier one.
 */
export async function writeInBatches(
  orders: readonly OrderInput[],
  options: WriteBatchOptions,
): Promise<WriteResults> {
  const results = new Map<string, WriteResult>();
  await inChunks(orders, READ_LIMIT, async (chunk) => {
    const { existing, unread } = await readExisting(chunk, options);
    for (const orderId of unread) results.set(orderId, 'unwritten');
    for (const order of chunk) {
      const stored = existing.get(order.orderId);
      if (stored === undefined) continue;
      results.set(order.orderId, isSameOrder(order, stored) ? 'written' : 'conflict');
    }
  });
  const missing = orders.filter(({ orderId }) => !results.has(orderId));
  await inChunks(missing, WRITE_LIMIT, async (chunk) => {
    for (const [orderId, result] of await putChunk(chunk, options)) results.set(orderId, result);
  });
  return results;
}

/** Stores each order with a conditional put: correct even with other writers, but with one call per order. */
export async function writeOneByOne(
  orders: readonly OrderInput[],
  { store, nowMs, onStoreError }: WriteBatchOptions,
): Promise<WriteResults> {
  const results = new Map<string, WriteResult>();
  await inChunks(orders, 1, async ([order]) => {
    if (order === undefined) return;
    try {
      const result = await storeOnce(store, { ...order, storedAt: nowMs() });
      results.set(order.orderId, result === 'conflict' ? 'conflict' : 'written');
    } catch (error) {
      onStoreError?.(error);
      results.set(order.orderId, 'unwritten');
    }
  });
  return results;
}

async function readExisting(
  orders: readonly OrderInput[],
  options: WriteBatchOptions,
): Promise<{
  readonly existing: ReadonlyMap<string, StoredOrder>;
  readonly unread: readonly string[];
}> {
  const existing = new Map<string, StoredOrder>();
  const read = async (orderIds: readonly string[]) => {
    const { found, unprocessed } = await options.store.getMany(orderIds);
    for (const order of found) existing.set(order.orderId, order);
    return unprocessed;
  };
  const { undone, error } = await sendInParts(
    orders.map(({ orderId }) => orderId),
    read,
    options,
  );
  if (error !== undefined) options.onStoreError?.(error);
  return { existing, unread: undone };
}

async function putChunk(
  orders: readonly OrderInput[],
  options: WriteBatchOptions,
): Promise<WriteResults> {
  const put = async (chunk: readonly OrderInput[]) => {
    // Set at every attempt: an order that waited for a retry was not stored before it.
    const storedAt = options.nowMs();
    const unprocessed = new Set(
      await options.store.putMany(chunk.map((order) => ({ ...order, storedAt }))),
    );
    return chunk.filter(({ orderId }) => unprocessed.has(orderId));
  };
  const { undone, error } = await sendInParts(orders, put, options);
  const results = new Map<string, WriteResult>();
  for (const { orderId } of orders) results.set(orderId, 'written');
  if (undone.length === 0) return results;
  if (error !== undefined) options.onStoreError?.(error);
  // DynamoDB refuses the whole call for one invalid item; then each order is written separately.
  const alone = isRefusal(error) ? await writeOneByOne(undone, options) : null;
  for (const { orderId } of undone) results.set(orderId, alone?.get(orderId) ?? 'unwritten');
  return results;
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && error.name === 'ValidationException';
}

/** More calls would not help a single client, and a mapping may deliver 10,000 messages at once. */
const CALLS_AT_ONCE = 25;

async function inChunks<T>(
  items: readonly T[],
  size: number,
  work: (chunk: readonly T[]) => Promise<void>,
): Promise<void> {
  const starts = Array.from({ length: Math.ceil(items.length / size) }, (_, i) => i * size);
  const worker = async () => {
    for (let start = starts.shift(); start !== undefined; start = starts.shift()) {
      await work(items.slice(start, start + size));
    }
  };
  await Promise.all(Array.from({ length: Math.min(CALLS_AT_ONCE, starts.length) }, worker));
}
