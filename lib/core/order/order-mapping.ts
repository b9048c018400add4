import { type ContractTerms, DEFAULT_CONTRACT_TERMS } from './contract-terms.ts';
import type { Order } from './order.ts';
import type { OrderTemplate } from './order-template.ts';
import type { SuccessWhen } from './stored-body.ts';

/** How an API that differs from the suite's contract wants orders, and how it responds. */
export interface OrderMapping {
  /** Path that takes new orders. */
  readonly createPath: string;
  readonly createMethod: 'POST' | 'PUT';
  /** Path that reads one order; `{orderId}` is replaced. */
  readonly readPath: string;
  /** Path that takes orders into the queue. */
  readonly enqueuePath: string;
  /** Static headers of every request, without secrets. */
  readonly headers: Readonly<Record<string, string>>;
  /** The API's own name for each field of an order. */
  readonly fields: Readonly<Record<keyof Order, string>>;
  /** Template of an order's body with placeholders, instead of the five fields; or null. */
  readonly body: OrderTemplate | null;
  /** A file of bodies that are sent in turn, instead of the five fields; or null. */
  readonly bodies: BodiesFile | null;
  /** JSON path of the order's id in the body; null uses the field that contains `{{orderId}}`. */
  readonly idField: string | null;
  /**
   * Where a response contains the id that the API made: a JSON path of its body, or `Location`. Null if orders bring
   * their own id.
   */
  readonly idFrom: string | null;
  /** Name of an attribute with an expiry time in epoch seconds, or null to send none. */
  readonly ttlField: string | null;
  /** Lifetime of a test order in seconds, if `ttlField` is set. */
  readonly ttlSeconds: number;
  /** Status codes that mean the order was stored. */
  readonly successStatuses: readonly number[];
  /**
   * Body of such a response, compared as JSON if it is JSON; any other body is `unexpectedBody`. Null accepts any body
   * that does not report an error, see `errorInBody`.
   */
  readonly successBody: string | null;
  /** What the fields of such a response must contain; `any` also accepts bodies that report an error. */
  readonly successWhen: SuccessWhen | 'any' | null;
  /** Status codes that mean the order is in the queue. */
  readonly enqueuedStatuses: readonly number[];
  /** Exact body of such a response, or null for any. */
  readonly enqueuedBody: string | null;
  /** The contract that smoke checks. */
  readonly contract: ContractTerms;
}

/** A file of bodies, one JSON value per line. */
export interface BodiesFile {
  /** Name without the folder. */
  readonly file: string;
  readonly rows: number;
  /** Every order gets its own id, because the id in each row has a placeholder. */
  readonly ownIds: boolean;
  /** SHA-256 of the content, in hex. */
  readonly sha256: string;
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
  body: null,
  bodies: null,
  idField: null,
  idFrom: null,
  ttlField: null,
  ttlSeconds: 86_400,
  successStatuses: [200, 201],
  successBody: '"Order created successfully"',
  successWhen: null,
  enqueuedStatuses: [202],
  enqueuedBody: '"Order accepted"',
  contract: DEFAULT_CONTRACT_TERMS,
};

/**
 * Returns the mapping of a load whose orders go through the queue: there, success means that the queue accepted the
 * order.
 */
export function enqueueMapping(mapping: OrderMapping): OrderMapping {
  return {
    ...mapping,
    createPath: mapping.enqueuePath,
    successStatuses: mapping.enqueuedStatuses,
    successBody: mapping.enqueuedBody,
    successWhen: null,
  };
}
