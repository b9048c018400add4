import type { ContractRow } from './contract-rows.ts';
import { createOrder } from './create-order.ts';
import { orderEncoder } from './encode-order.ts';
import { generatedMalformed } from './generated-malformed.ts';
import { malformedOrders } from './malformed-orders.ts';
import type { Order } from './order.ts';
import type { OrderMapping } from './order-mapping.ts';
import type { OrderSource } from './write-order.ts';

/** One request that checks the contract. Checks depend on each other: send them in their order. */
export interface ContractCheck {
  /** What it checks; a new order checks the content type as well. */
  readonly row: ContractRow;
  /** What is special about it, such as `missing price`. */
  readonly name: string;
  readonly method: string;
  /** Path below the target. */
  readonly path: string;
  /** Null for a request without a body. */
  readonly body: string | null;
  /** The order that the request is about. */
  readonly order: Order;
}

const GENERATED = 20;

/** Prefix of the ids of the contract's own orders; it marks test data like that of every order. */
export function contractIdPrefix(run: string): string {
  return `lt-${run}-contract-`;
}

/** Every check of the contract for a run; the same for the same seed but for the ids. */
export function contractChecks(
  source: OrderSource & { readonly mapping: OrderMapping },
  nowEpochSeconds: number,
): readonly ContractCheck[] {
  const { mapping, seed } = source;
  const contract = { run: `${source.run}-contract`, seed };
  const order = createOrder(contract, 0);
  const queued = createOrder(contract, 1);
  const unknown = {
    ...createOrder(contract, 2),
    orderId: `${contractIdPrefix(source.run)}unknown`,
  };
  const other = { ...order, quantity: order.quantity + 1 };
  const create = (row: ContractRow, name: string, about: Order, body: string): ContractCheck => ({
    ...{ row, name, order: about, body },
    method: mapping.createMethod,
    path: mapping.createPath,
  });
  const read = (row: ContractRow, name: string, about: Order): ContractCheck => ({
    ...{ row, name, order: about, body: null },
    method: 'GET',
    path: mapping.readPath.replace('{orderId}', encodeURIComponent(about.orderId)),
  });
  const encodeAt = orderEncoder(mapping);
  const encode = (value: Order) => encodeAt(value, nowEpochSeconds);
  const malformed = [
    ...malformedOrders(contract, mapping),
    ...generatedMalformed(contract, mapping, GENERATED),
  ];
  return [
    create('newOrder', 'a new order', order, encode(order)),
    create('retry', 'the same order again', order, encode(order)),
    create('conflict', 'other content under its id', other, encode(other)),
    read('readOrder', 'the order', order),
    read('readUnknown', 'an unknown id', unknown),
    {
      ...{ row: 'queueOrder', name: 'an order for the queue', order: queued },
      ...{ method: 'POST', path: mapping.enqueuePath, body: encode(queued) },
    },
    ...malformed.map(({ name, body }) => create('malformed', name, order, body)),
  ];
}
