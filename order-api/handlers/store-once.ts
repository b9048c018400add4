import type { OrderInput, OrderStore, StoredOrder } from '../store/order-store.ts';

export type StoreOnceResult = 'created' | 'duplicate' | 'conflict';

/**
 * Stores an order with a conditional put unless its id is taken: `duplicate` if the same order is already stored,
 * `conflict` if the id has other content. The order that was stored first stays unchanged. Throws the store's errors.
 */
export async function storeOnce(store: OrderStore, order: StoredOrder): Promise<StoreOnceResult> {
  if (await store.putIfAbsent(order)) return 'created';
  const existing = await store.get(order.orderId);
  // The stored order expired in between. This order is not stored, but a retry will be.
  if (existing === undefined) throw new Error('the order that held the id has just expired');
  return isSameOrder(order, existing) ? 'duplicate' : 'conflict';
}

/** Ignores the expiry: a client that computes it again for a retry still sends the same order. */
export function isSameOrder(order: OrderInput, existing: OrderInput): boolean {
  return (
    order.customerId === existing.customerId &&
    order.productId === existing.productId &&
    order.quantity === existing.quantity &&
    order.price === existing.price
  );
}
