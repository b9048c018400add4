import type { Order } from './order.ts';
import { DEFAULT_ORDER_MAPPING } from './order-mapping.ts';
import { type OrderSource, orderWriter } from './write-order.ts';

/** Returns the order that `orderWriter` writes for an iteration. */
export function createOrder(source: OrderSource, iteration: number, isWarmup = false): Order {
  const write = orderWriter(source, DEFAULT_ORDER_MAPPING);
  return JSON.parse(write(iteration, isWarmup, 0)) as Order;
}
