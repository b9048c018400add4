import { type ContractTerms, DEFAULT_CONTRACT_TERMS } from './contract-terms.ts';
import type { Order } from './order.ts';
import type { OrderTemplate } from './order-template.ts';
import type { SuccessWhen } from './stored-body.ts';

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
  /** The body of an order with placeholders, instead of the five fields; or null. */
  readonly body: OrderTemplate | null;
  /** A file of bodies that are sent in turn, instead of the five fields; or null. */
  readonly bodies: BodiesFile | null;
  /** JSON path of the body's field that holds the order's id; null finds the one with `{{orderId}}`. */
  readonly idField: string | null;
  /**
   * Where an answer says which id the API has made: a JSON path of its body, or `Location`. Null where orders
   * bring their own.
   */
  readonly idFrom: string | null;
  /** Name of an attribute that holds an expiry time in epoch seconds, or null to send none. */
  readonly ttlField: string | null;
  /** Life of a test order in seconds, where `ttlField` is set. */
  readonly ttlSeconds: number;
  /** Status codes that mean the order was stored. */
  readonly successStatuses: readonly number[];
  /**
   * Body of such an answer, compared as JSON where it is JSON; anything else is `unexpectedBody`. Null takes
   * any body that does not call itself an error, see `errorInBody`.
   */
  readonly successBody: string | null;
  /** What the fields of such an answer must say; `any` takes those that call themselves an error as well. */
  readonly successWhen: SuccessWhen | 'any' | null;
  /** Status codes that mean the order is in the queue. */
  readonly enqueuedStatuses: readonly number[];
  /** Exact body of such an answer, or null for any. */
  readonly enqueuedBody: string | null;
  /** What smoke holds the target to. */
  readonly contract: ContractTerms;
}

/** A file of bodies, one JSON value a line. */
export interface BodiesFile {
  /** Its name without its folder. */
  readonly file: string;
  readonly rows: number;
  /** Every order gets an id of its own: the one in each row has a placeholder. */
  readonly ownIds: boolean;
  /** Of its content, in hex. */
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

/** The mapping of a load whose orders go through the queue: there a success is an order accepted. */
export function enqueueMapping(mapping: OrderMapping): OrderMapping {
  return {
    ...mapping,
    createPath: mapping.enqueuePath,
    successStatuses: mapping.enqueuedStatuses,
    successBody: mapping.enqueuedBody,
    successWhen: null,
  };
}
