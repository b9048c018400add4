import type { OrderInput, OrderStore, StoredOrder } from '../store/order-store.ts';
import { type HttpEvent, type HttpHandler, jsonResult } from './http-event.ts';
import { parseOrderInput } from './order-input.ts';

export interface CreateOrderOptions {
  /** Made once per environment, outside the handler: connections survive from call to call. */
  readonly store: OrderStore;
  /** Epoch ms, written as `storedAt`. */
  readonly nowMs: () => number;
  /** Told of every failure of the store; the client only learns that there was one. */
  readonly onStoreError?: (error: unknown) => void;
}

/**
 * `POST /orders`: stores an order once. The conditional put makes a retry safe: the same order again
 * is answered like the first time (`x-order-result: duplicate`), other content under its id is 409.
 */
export function createOrderHandler(options: CreateOrderOptions): HttpHandler {
  const { store, nowMs, onStoreError } = options;
  return async (event) => {
    const order = parseOrderInput(bodyOf(event));
    if (order === null) return jsonResult(400, 'Bad Request');
    try {
      if (await store.putIfAbsent({ ...order, storedAt: nowMs() })) return stored('created');
      const existing = await store.get(order.orderId);
      // It can only be absent here if its TTL ran out in between; then the order is not stored.
      if (existing === undefined) return jsonResult(500, 'Internal Server Error');
      return sameOrder(order, existing) ? stored('duplicate') : jsonResult(409, 'Conflict');
    } catch (error) {
      onStoreError?.(error);
      return jsonResult(500, 'Internal Server Error');
    }
  };
}

function bodyOf(event: HttpEvent): string | undefined {
  if (!event.isBase64Encoded || event.body === undefined) return event.body;
  return Buffer.from(event.body, 'base64').toString('utf8');
}

function stored(result: 'created' | 'duplicate') {
  return jsonResult(200, 'Order created successfully', { 'x-order-result': result });
}

/** Expiry is left out: a client that works it out afresh for its retry still sends the same order. */
function sameOrder(order: OrderInput, existing: StoredOrder): boolean {
  return (
    order.customerId === existing.customerId &&
    order.productId === existing.productId &&
    order.quantity === existing.quantity &&
    order.price === existing.price
  );
}
