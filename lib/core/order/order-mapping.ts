import type { Order } from './order.ts';

/** How orders are spelled for an API that differs from the suite's contract. */
export interface OrderMapping {
  /** Path that takes new orders. */
  readonly createPath: string;
  readonly createMethod: 'POST' | 'PUT';
  /** Path that reads one order; `{orderId}` is replaced. */
  readonly readPath: string;
  /** Path that takes orders into the queue. */
  readonly enqueuePath: string;
  /** Static, non-secret headers of every request. */
  readonly headers: Readonly<Record<string, string>>;
  /** The API's own name for each field of an order. */
  readonly fields: Readonly<Record<keyof Order, string>>;
  /** Name of an attribute that holds an expiry time in epoch seconds, or null to send none. */
  readonly ttlField: string | null;
  /** Life of a test order in seconds, where `ttlField` is set. */
  readonly ttlSeconds: number;
  /** Status codes that mean the order was stored. */
  readonly successStatuses: readonly number[];
  /** Exact body of such an answer; anything else is `unexpectedBody`. Null takes any body. */
  readonly successBody: string | null;
  /** Status codes that mean the order is in the queue. */
  readonly enqueuedStatuses: readonly number[];
  /** Exact body of such an answer, or null for any. */
  readonly enqueuedBody: string | null;
}

export const DEFAULT_ORDER_MAPPING: OrderMapping = {
  createPath: '/orders',
  createMethod: 'POST',
  readPath: '/orders/{orderId}',
  enqueuePath: '/orders/async',
  headers: {},
  fields: {
    orderId: 'orderId',
    customerId: 'customerId',
    productId: 'productId',
    quantity: 'quantity',
    price: 'price',
  },
  ttlField: null,
  ttlSeconds: 86_400,
  successStatuses: [200, 201],
  successBody: '"Order created successfully"',
  enqueuedStatuses: [202],
  enqueuedBody: '"Order accepted"',
};

/** The mapping of a load whose orders go through the queue: there a success is an order accepted. */
export function enqueueMapping(mapping: OrderMapping): OrderMapping {
  return {
    ...mapping,
    createPath: mapping.enqueuePath,
    successStatuses: mapping.enqueuedStatuses,
    successBody: mapping.enqueuedBody,
  };
}
