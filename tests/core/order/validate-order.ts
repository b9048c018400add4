import type { Order } from '../../../lib/core/order/order.ts';

const TEXT_FIELDS = ['orderId', 'customerId', 'productId'] as const;
const NUMBER_FIELDS = ['quantity', 'price'] as const;

/** Why a value is no order under the contract, or null when it is one. Other fields are no fault. */
export function orderFault(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'not an object';
  const fields = value as Readonly<Record<string, unknown>>;
  for (const name of TEXT_FIELDS) {
    if (typeof fields[name] !== 'string' || fields[name] === '') return `${name} is not a text`;
  }
  for (const name of NUMBER_FIELDS) {
    if (!Number.isSafeInteger(fields[name])) return `${name} is not a whole number`;
  }
  return null;
}

export function isOrder(value: unknown): value is Order {
  return orderFault(value) === null;
}
