import { bodyOf, type HttpHandler, jsonResult } from './http-event.ts';
import { parseOrderInput } from './order-input.ts';
import type { OrderQueue } from './order-queue.ts';

export interface EnqueueOrderOptions {
  readonly queue: OrderQueue;
  readonly onQueueError?: (error: unknown) => void;
}

/**
 * `POST /orders/async`: checks an order like `POST /orders` and puts it into the queue. 202 means that it will be
 * stored once, not that it is stored: a different order under a known id is accepted here and rejected by the writer.
 */
export function enqueueOrderHandler({ queue, onQueueError }: EnqueueOrderOptions): HttpHandler {
  return async (event) => {
    const order = parseOrderInput(bodyOf(event));
    if (order === null) return jsonResult(400, 'Bad Request');
    try {
      await queue.send(order);
      return jsonResult(202, 'Order accepted');
    } catch (error) {
      onQueueError?.(error);
      return jsonResult(500, 'Internal Server Error');
    }
  };
}
