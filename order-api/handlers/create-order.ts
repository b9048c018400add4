import type { OrderStore } from '../store/order-store.ts';
import { bodyOf, type HttpHandler, jsonResult } from './http-event.ts';
import { parseOrderInput } from './order-input.ts';
import { storeOnce } from './store-once.ts';

export interface CreateOrderOptions {
  /** Created once per environment, outside the handler, so connections are reused from call to call. */
  readonly store: OrderStore;
  /** Epoch ms, written as `storedAt`. */
  readonly nowMs: () => number;
  /** Called with every failure of the store; the client only learns that there was one. */
  readonly onStoreError?: (error: unknown) => void;
}

/**
 * `POST /orders`: stores an order once. The conditional put makes a retry safe: the same order again gets the same
 * response as the first time (with `x-order-result: duplicate`); other content with the same id is 409.
 */
export function createOrderHandler(options: CreateOrderOptions): HttpHandler {
  const { store, nowMs, onStoreError } = options;
  return async (event) => {
    const order = parseOrderInput(bodyOf(event));
    if (order === null) return jsonResult(400, 'Bad Request');
    try {
      const result = await storeOnce(store, { ...order, storedAt: nowMs() });
      return result === 'conflict' ? jsonResult(409, 'Conflict') : stored(result);
    } catch (error) {
      onStoreError?.(error);
      return jsonResult(500, 'Internal Server Error');
    }
  };
}

function stored(result: 'created' | 'duplicate') {
  return jsonResult(200, 'Order created successfully', { 'x-order-result': result });
}
