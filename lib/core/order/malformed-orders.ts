import { type ContractTerms, type FieldFault, isAccepted } from './contract-terms.ts';
import { createOrder } from './create-order.ts';
import { type JsonPath, parseJsonPath, withValueAt } from './json-path.ts';
import type { Order } from './order.ts';
import type { OrderBodies } from './order-bodies.ts';
import type { OrderMapping } from './order-mapping.ts';
import type { OrderSource } from './write-order.ts';

/** A body that an order API must refuse with 400. */
export interface MalformedOrder {
  /** What is wrong with it: `missing price`. */
  readonly name: string;
  readonly body: string;
  /** The field that is wrong, if exactly one is. */
  readonly field?: keyof Order;
  readonly fault?: FieldFault;
}

export interface MalformedChoice {
  readonly mapping: Pick<OrderMapping, 'fields' | 'body' | 'bodies' | 'idFrom' | 'contract'>;
  /** Bodies of the source whose orders are made malformed. */
  readonly bodies: OrderBodies;
}

const FIELDS = ['orderId', 'customerId', 'productId', 'quantity', 'price'] as const;

/** Field, fault, value and its name. */
const ILL_TYPED: readonly (readonly [keyof Order, FieldFault, unknown, string])[] = [
  ['orderId', 'type', 1, 'number'],
  ['customerId', 'type', 1, 'number'],
  ['productId', 'type', 1, 'number'],
  ['quantity', 'type', '1', 'text'],
  ['price', 'type', '100', 'text'],
  ['quantity', 'fraction', 1.5, 'fraction'],
  ['price', 'fraction', 99.99, 'fraction'],
  ['quantity', 'type', true, 'boolean'],
  ['price', 'type', [100], 'array'],
  ['customerId', 'type', {}, 'object'],
];

/** Returns bodies that break the contract, each in one way. The ids in them mark test data. */
export function malformedOrders(
  source: OrderSource,
  { mapping, bodies }: MalformedChoice,
): readonly MalformedOrder[] {
  let count = 0;
  const order = (): Order => createOrder({ ...source, run: `${source.run}-bad` }, count++);
  const encode = () => bodies.encode(order(), count, 0);
  const set = (path: JsonPath, value: unknown): string =>
    JSON.stringify(withValueAt(JSON.parse(encode() || 'null'), path, value));
  const broken = [
    { name: 'empty body', body: '' },
    { name: 'not JSON', body: 'order=1' },
    { name: 'JSON cut short', body: encode().slice(0, -1) },
    { name: 'JSON null', body: 'null' },
    { name: 'JSON text', body: '"order"' },
    { name: 'JSON number', body: '1' },
  ];
  if (mapping.body !== null || mapping.bodies !== null) {
    return [...broken, ...ofTemplate(mapping.contract, set)];
  }
  const pathOf = (field: keyof Order): JsonPath => [mapping.fields[field]];
  return [
    ...broken,
    { name: 'empty object', body: '{}' },
    { name: 'array of orders', body: `[${encode()}]` },
    ...FIELDS.map((field) => ({
      name: `missing ${field}`,
      body: set(pathOf(field), undefined),
      field,
      fault: 'missing' as const,
    })),
    ...FIELDS.map((field) => ({
      name: `null ${field}`,
      body: set(pathOf(field), null),
      field,
      fault: 'null' as const,
    })),
    ...ILL_TYPED.map(([field, fault, value, kind]) => ({
      name: `${kind} as ${field}`,
      body: set(pathOf(field), value),
      field,
      fault,
    })),
  ].filter((order) => isRefused(mapping, order));
}

/** Whether an API with this mapping must refuse such an order. */
export function isRefused(
  { idFrom, contract }: Pick<OrderMapping, 'idFrom' | 'contract'>,
  { field, fault }: Omit<MalformedOrder, 'body'>,
): boolean {
  if (field === undefined || fault === undefined) return true;
  // An API that makes the ids ignores the order's own.
  if (field === 'orderId' && idFrom !== null) return false;
  return !isAccepted(contract, field, fault);
}

/** Only the user knows which fields of a template are required, so the config lists them. */
function ofTemplate(
  { required }: ContractTerms,
  set: (path: JsonPath, value: unknown) => string,
): readonly MalformedOrder[] {
  return required.flatMap((text) => {
    const path = parseJsonPath(text);
    if (path === null) return [];
    return [
      { name: `missing ${text}`, body: set(path, undefined) },
      { name: `null ${text}`, body: set(path, null) },
    ];
  });
}
