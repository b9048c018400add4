import type { Order } from './order.ts';
import type { Wire } from './write-order.ts';

/**
 * Returns a function that writes any order as JSON with the names of the mapping, as `orderWriter` does for generated
 * orders. It reads `nowEpochSeconds` only if the mapping sets a TTL.
 */
export function orderEncoder({
  fields,
  ttlField,
  ttlSeconds,
}: Wire): (order: Order, nowEpochSeconds: number) => string {
  return (order, nowEpochSeconds) =>
    JSON.stringify({
      [fields.orderId]: order.orderId,
      [fields.customerId]: order.customerId,
      [fields.productId]: order.productId,
      [fields.quantity]: order.quantity,
      [fields.price]: order.price,
      ...(ttlField === null ? {} : { [ttlField]: Math.floor(nowEpochSeconds) + ttlSeconds }),
    });
}
