import type { Order } from './order.ts';

/** How orders are spelled for an API that differs from the suite's contract. */
export interface OrderMapping {
  /** Path that takes new orders. */
  readonly createPath: string;
  readonly createMethod: 'POST' | 'PUT';
  /** Path that reads one order; `{orderId}` is replaced. */
  readonly readPath: string;
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
}

export const DEFAULT_ORDER_MAPPING: OrderMapping = {
  createPath: '/orders',
  createMethod: 'POST',
  readPath: '/orders/{orderId}',
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
};
