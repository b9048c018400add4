import type { Order } from './order.ts';
import type { OrderMapping } from './order-mapping.ts';

type Wire = Pick<OrderMapping, 'fields' | 'ttlField' | 'ttlSeconds'>;

/**
 * Gives a function that writes orders as JSON with the names of the mapping. Names are escaped once
 * here, because it runs for every order. `nowEpochSeconds` is only read where the mapping sets a TTL.
 */
export function orderEncoder(mapping: Wire): (order: Order, nowEpochSeconds: number) => string {
  const { fields, ttlField, ttlSeconds } = mapping;
  if (ttlField === null && Object.entries(fields).every(([field, name]) => field === name)) {
    return (order) => JSON.stringify(order);
  }
  const openId = `{${JSON.stringify(fields.orderId)}:`;
  const thenCustomer = `,${JSON.stringify(fields.customerId)}:`;
  const thenProduct = `,${JSON.stringify(fields.productId)}:`;
  const thenQuantity = `,${JSON.stringify(fields.quantity)}:`;
  const thenPrice = `,${JSON.stringify(fields.price)}:`;
  const thenTtl = ttlField === null ? null : `,${JSON.stringify(ttlField)}:`;

  return (order, nowEpochSeconds) => {
    const body =
      openId +
      JSON.stringify(order.orderId) +
      thenCustomer +
      JSON.stringify(order.customerId) +
      thenProduct +
      JSON.stringify(order.productId) +
      thenQuantity +
      order.quantity +
      thenPrice +
      order.price;
    if (thenTtl === null) return `${body}}`;
    return `${body}${thenTtl}${Math.floor(nowEpochSeconds) + ttlSeconds}}`;
  };
}

let latest: { mapping: Wire; encode: ReturnType<typeof orderEncoder> } | null = null;

/** One order as JSON with the names of the mapping. Cheap when called again with the same mapping. */
export function encodeOrder(order: Order, mapping: Wire, nowEpochSeconds: number): string {
  if (latest?.mapping !== mapping) latest = { mapping, encode: orderEncoder(mapping) };
  return latest.encode(order, nowEpochSeconds);
}
