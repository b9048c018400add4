import type { OrderStore } from '../store/order-store.ts';
import { type HttpHandler, jsonResult } from './http-event.ts';
import { isStorableId } from './order-input.ts';

export interface GetOrderOptions {
  readonly store: OrderStore;
  readonly onStoreError?: (error: unknown) => void;
}

/** `GET /orders/{orderId}`: the order with `storedAt` (epoch ms), or 404. Reads are consistent. */
export function getOrderHandler({ store, onStoreError }: GetOrderOptions): HttpHandler {
  return async (event) => {
    const orderId = event.pathParameters?.['orderId'];
    if (orderId === undefined || !isStorableId(orderId)) return jsonResult(404, 'Not Found');
    try {
      const order = await store.get(orderId);
      return order === undefined ? jsonResult(404, 'Not Found') : jsonResult(200, order);
    } catch (error) {
      onStoreError?.(error);
      return jsonResult(500, 'Internal Server Error');
    }
  };
}
