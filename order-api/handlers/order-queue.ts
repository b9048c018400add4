import type { OrderInput } from '../store/order-store.ts';

/** Where orders wait to be stored. */
export interface OrderQueue {
  /** Resolves once the queue has stored the order. */
  send(order: OrderInput): Promise<void>;
}

/** SQS refuses U+FFFE and U+FFFF; escaped, the JSON still means the same. */
const NON_CHARACTERS = /[\ufffe\uffff]/g;

/** Returns the body of an order's message; `parseOrderInput` reads it. */
export function renderOrderMessage(order: OrderInput): string {
  return JSON.stringify(order).replace(
    NON_CHARACTERS,
    (char) => `\\u${char.charCodeAt(0).toString(16)}`,
  );
}
