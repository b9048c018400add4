import { createOrder } from './create-order.ts';
import { orderEncoder } from './encode-order.ts';
import type { Order } from './order.ts';
import type { OrderMapping } from './order-mapping.ts';
import type { OrderSource } from './write-order.ts';

/** A body that an order API has to refuse with 400. */
export interface MalformedOrder {
  /** What is wrong with it: `missing price`. */
  readonly name: string;
  readonly body: string;
}

const FIELDS = ['orderId', 'customerId', 'productId', 'quantity', 'price'] as const;

/** Bodies that break the contract, each in one way. Ids that are left in them mark test data. */
export function malformedOrders(
  source: OrderSource,
  mapping: Pick<OrderMapping, 'fields' | 'ttlField' | 'ttlSeconds'>,
): readonly MalformedOrder[] {
  let made = 0;
  const order = (): Order => createOrder({ ...source, run: `${source.run}-bad` }, made++);
  const encodeAt = orderEncoder(mapping);
  const encode = (value: Order) => encodeAt(value, 0);
  const alter = (change: (wire: Record<string, unknown>) => void): string => {
    const wire = JSON.parse(encode(order())) as Record<string, unknown>;
    change(wire);
    return JSON.stringify(wire);
  };
  const set = (field: keyof Order, value: unknown): string =>
    alter((wire) => {
      wire[mapping.fields[field]] = value;
    });
  const remove = (field: keyof Order): string =>
    alter((wire) => {
      delete wire[mapping.fields[field]];
    });

  return [
    { name: 'empty body', body: '' },
    { name: 'not JSON', body: 'order=1' },
    { name: 'JSON cut short', body: encode(order()).slice(0, -1) },
    { name: 'JSON null', body: 'null' },
    { name: 'JSON text', body: '"order"' },
    { name: 'JSON number', body: '1' },
    { name: 'empty object', body: '{}' },
    { name: 'array of orders', body: `[${encode(order())}]` },
    ...FIELDS.map((field) => ({ name: `missing ${field}`, body: remove(field) })),
    ...FIELDS.map((field) => ({ name: `null ${field}`, body: set(field, null) })),
    { name: 'number as orderId', body: set('orderId', 1) },
    { name: 'number as customerId', body: set('customerId', 1) },
    { name: 'number as productId', body: set('productId', 1) },
    { name: 'text as quantity', body: set('quantity', '1') },
    { name: 'text as price', body: set('price', '100') },
    { name: 'fraction as quantity', body: set('quantity', 1.5) },
    { name: 'fraction as price', body: set('price', 99.99) },
    { name: 'boolean as quantity', body: set('quantity', true) },
    { name: 'array as price', body: set('price', [100]) },
    { name: 'object as customerId', body: set('customerId', {}) },
  ];
}
