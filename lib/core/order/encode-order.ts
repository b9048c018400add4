import type { Order } from './order.ts';
import type { OrderMapping } from './order-mapping.ts';

type Wire = Pick<OrderMapping, 'fields' | 'ttlField' | 'ttlSeconds'>;

type Encode = (order: Order, nowEpochSeconds: number) => string;

/**
 * Gives a function that writes orders as JSON with the names of the mapping. `nowEpochSeconds` is only
 * read where the mapping sets a TTL.
 */
export function orderEncoder(mapping: Wire): Encode {
  return encoder(mapping, JSON.stringify);
}

/**
 * The same for orders of `createOrder` alone, whose strings hold nothing that JSON escapes: escaping
 * them costs k6's interpreter about as much as making the order.
 */
export function generatedOrderEncoder(mapping: Wire): Encode {
  return encoder(mapping, (text) => `"${text}"`);
}

function encoder({ fields, ttlField, ttlSeconds }: Wire, quote: (text: string) => string): Encode {
  const name = (field: keyof Order) => `${JSON.stringify(fields[field])}:`;
  const [id, customer, product] = [name('orderId'), name('customerId'), name('productId')];
  const [quantity, price] = [name('quantity'), name('price')];
  const expiry = ttlField === null ? null : `${JSON.stringify(ttlField)}:`;

  // One expression, because k6's interpreter pays for every step.
  return (order, nowEpochSeconds) =>
    `{${id}${quote(order.orderId)},${customer}${quote(order.customerId)},${product}${quote(order.productId)},${quantity}${order.quantity},${price}${order.price}${
      expiry === null ? '' : `,${expiry}${Math.floor(nowEpochSeconds) + ttlSeconds}`
    }}`;
}
