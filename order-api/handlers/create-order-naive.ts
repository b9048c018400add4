import type { OrderInput, OrderStore } from '../store/order-store.ts';
import { type HttpHandler, jsonResult } from './http-event.ts';
import { isStorableId, isStorableText } from './order-input.ts';
import { pythonInt } from './python-int.ts';

export interface CreateOrderNaiveOptions {
  /** Creates the client. It is called inside the first invocation, where the memory decides how fast that is. */
  readonly openStore: () => OrderStore;
  /** Epoch ms, written as `storedAt`: the only attribute that the Python original does not write. */
  readonly nowMs: () => number;
  readonly onStoreError?: (error: unknown) => void;
}

interface LooseOrder {
  readonly orderId: unknown;
  readonly customerId: unknown;
  readonly productId: unknown;
  readonly quantity: number;
  readonly price: number;
}

/**
 * `POST /orders` as in most tutorials, translated from Python line by line: the client is created inside the handler,
 * ids are not checked, numbers go through `int()`, and any error of the store is a 500, so a retry of a stored order
 * fails, too. It sets no `x-order-result`.
 */
export function createOrderNaiveHandler(options: CreateOrderNaiveOptions): HttpHandler {
  let client: OrderStore | null = null;
  return async (event) => {
    const order = parseLoosely(event.body);
    if (order === null) return jsonResult(400, 'Bad Request');
    client ??= options.openStore();
    try {
      await putItem(client, order, options.nowMs());
    } catch (error) {
      options.onStoreError?.(error);
      return jsonResult(500, 'Internal Server Error');
    }
    return jsonResult(200, 'Order created successfully');
  };
}

/** Throws RangeError, which is not caught, if Python's `int()` would raise OverflowError. */
function parseLoosely(body: string | undefined): LooseOrder | null {
  let value: unknown;
  try {
    value = JSON.parse(body ?? '');
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const fields = value as Readonly<Record<string, unknown>>;
  for (const name of ['orderId', 'customerId', 'productId', 'quantity', 'price']) {
    if (!Object.hasOwn(fields, name)) return null;
  }
  const quantity = pythonInt(fields['quantity']);
  if (quantity === null) return null;
  const price = pythonInt(fields['price']);
  if (price === null) return null;
  const { orderId, customerId, productId } = fields;
  return { orderId, customerId, productId, quantity, price };
}

async function putItem(client: OrderStore, order: LooseOrder, storedAt: number): Promise<void> {
  if (!isStorable(order)) throw new TypeError('DynamoDB takes no such id');
  if (!(await client.putIfAbsent({ ...order, storedAt }))) {
    throw new DuplicateOrder('The conditional request failed');
  }
}

/** Whether DynamoDB accepts the ids; a store in memory would accept any. */
function isStorable(order: LooseOrder): order is LooseOrder & OrderInput {
  const { orderId, customerId, productId } = order;
  return (
    typeof orderId === 'string' &&
    isStorableId(orderId) &&
    isStorableText(customerId) &&
    isStorableText(productId)
  );
}

/** A retry of a stored order. It is not a failure of the store, though this handler cannot tell the two apart. */
export class DuplicateOrder extends Error {}
