import type { OpenStore, StoredOrder } from './order-store.ts';

/**
 * A table in this process, for rates that the DynamoDB client (about 0.5 ms of CPU per call) cannot reach. Nothing is
 * evicted: each row is one JSON array, about 20 MB per 100,000 orders, so Node's default heap limits it to some ten
 * million orders.
 */
export function openMemoryStore(): OpenStore {
  const rows = new Map<string, string>();
  return {
    putIfAbsent(order) {
      if (rows.has(order.orderId)) return Promise.resolve(false);
      rows.set(order.orderId, encodeRow(order));
      return Promise.resolve(true);
    },
    get(orderId) {
      const row = rows.get(orderId);
      return Promise.resolve(row === undefined ? undefined : decodeRow(orderId, row));
    },
    getMany(orderIds) {
      const found = orderIds.flatMap((orderId) => {
        const row = rows.get(orderId);
        return row === undefined ? [] : [decodeRow(orderId, row)];
      });
      return Promise.resolve({ found, unprocessed: [] });
    },
    putMany(orders) {
      for (const order of orders) rows.set(order.orderId, encodeRow(order));
      return Promise.resolve([]);
    },
    count: () => Promise.resolve(rows.size),
    close: () => Promise.resolve(),
  };
}

type Row = [string, string, number, number, number, number?];

function encodeRow(order: StoredOrder): string {
  const { customerId, productId, quantity, price, storedAt, expiresAt } = order;
  const row: Row = [customerId, productId, quantity, price, storedAt];
  if (expiresAt !== undefined) row.push(expiresAt);
  return JSON.stringify(row);
}

function decodeRow(orderId: string, row: string): StoredOrder {
  const [customerId, productId, quantity, price, storedAt, expiresAt] = JSON.parse(row) as Row;
  const order = { orderId, customerId, productId, quantity, price, storedAt };
  return expiresAt === undefined ? order : { ...order, expiresAt };
}
