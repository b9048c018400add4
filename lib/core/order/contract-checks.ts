import { rowsNotAsked } from './contract-rows.ts';
import type { ContractRow, FieldFault } from './contract-terms.ts';
import { createOrder } from './create-order.ts';
import { generatedMalformed } from './generated-malformed.ts';
import { malformedOrders } from './malformed-orders.ts';
import type { Order } from './order.ts';
import { orderBodies } from './order-bodies.ts';
import type { OrderMapping } from './order-mapping.ts';
import type { OrderSource } from './write-order.ts';

/** One request that checks the contract. Send the checks in their order: later ones depend on earlier ones. */
export interface ContractCheck {
  /** The promise that it checks. A new order also checks the content type. */
  readonly row: ContractRow;
  /** What is special about the request, such as `missing price`. */
  readonly name: string;
  readonly method: string;
  /** Path below the target. It still contains `{orderId}` if the id is only known from a response. */
  readonly path: string;
  /** Null for a request without a body. */
  readonly body: string | null;
  /** The order that the request is about. */
  readonly order: Order;
  /** Id under which the target knows that order, or null if it is not known beforehand. */
  readonly id: string | null;
  /** The field of a malformed order that is wrong, if exactly one is; `fault` is what is wrong with it. */
  readonly field?: keyof Order;
  readonly fault?: FieldFault;
}

const GENERATED = 20;
/** The number of an order that no check sends. */
const UNKNOWN_AT = 2;

/** Prefix of the ids of the contract's own orders; it marks them as test data, like the prefix of any order. */
export function contractIdPrefix(run: string): string {
  return `lt-${run}-contract-`;
}

/**
 * Returns all checks of the contract for a run. With the same seed, only the ids differ. `rows` are the lines of a file
 * of bodies; without them, only the number and the names of the checks are right.
 */
export function contractChecks(
  source: OrderSource & { readonly mapping: OrderMapping },
  nowEpochSeconds: number,
  rows: readonly string[] = [],
): readonly ContractCheck[] {
  const { mapping, seed } = source;
  const contract = { run: `${source.run}-contract`, seed };
  const bodies = orderBodies(contract, mapping, rows);
  // The last rows of a file, because the load before has hardly reached them.
  const [about, queuedAt] = mapping.bodies === null ? [0, 1] : [-1, -2];
  const order = createOrder(contract, 0);
  const queued = createOrder(contract, 1);
  const unknown = {
    ...createOrder(contract, 2),
    orderId: `${contractIdPrefix(source.run)}unknown`,
  };
  // A template may contain only one of the two.
  const price = mapping.body === null ? order.price : order.price + 1;
  const other = { ...order, quantity: order.quantity + 1, price };
  const idOf = (value: Order) => (mapping.idFrom === null ? bodies.idOfOrder(value, about) : null);
  const encode = (value: Order) => bodies.encode(value, about, nowEpochSeconds);
  const create = (row: ContractRow, name: string, value: Order, body: string): ContractCheck => ({
    row,
    name,
    order: value,
    id: idOf(value),
    body,
    method: mapping.createMethod,
    path: mapping.createPath,
  });
  const read = (
    row: ContractRow,
    name: string,
    value: Order,
    id: string | null,
  ): ContractCheck => ({
    row,
    name,
    order: value,
    id,
    body: null,
    method: 'GET',
    path: pathOfOrder(mapping, id),
  });
  const malformedOf = { mapping, bodies };
  const notAsked = rowsNotAsked(mapping);
  const malformed = notAsked.has('malformed')
    ? []
    : [
        ...malformedOrders(contract, malformedOf),
        ...generatedMalformed(contract, malformedOf, GENERATED),
      ];
  const checks: readonly ContractCheck[] = [
    create('newOrder', 'a new order', order, encode(order)),
    create('retry', 'the same order again', order, encode(order)),
    create('conflict', 'other content with the same id', other, encode(other)),
    read('readOrder', 'the order', order, idOf(order)),
    read(
      ...(['readUnknown', 'an unknown id', unknown] as const),
      mapping.idFrom === null ? bodies.idOfOrder(unknown, UNKNOWN_AT) : null,
    ),
    {
      row: 'queueOrder',
      name: 'an order for the queue',
      order: queued,
      id: null,
      method: 'POST',
      path: mapping.enqueuePath,
      body: bodies.encode(queued, queuedAt, nowEpochSeconds),
    },
    ...malformed.map(({ name, body, ...at }) => ({
      ...create('malformed', name, order, body),
      ...at,
    })),
  ];
  return checks.filter(({ row }) => !notAsked.has(row));
}

/** Returns the path that reads the order with this id; `{orderId}` stays in it if the id is null. */
export function pathOfOrder(
  { readPath }: Pick<OrderMapping, 'readPath'>,
  id: string | null,
): string {
  return id === null ? readPath : readPath.replace('{orderId}', () => encodeURIComponent(id));
}
