import type { Order } from './order.ts';
import { DEFAULT_ORDER_MAPPING } from './order-mapping.ts';
import { type OrderSource, orderIdPrefix, orderWriter } from './write-order.ts';

/**
 * Id of an order: `lt-` marks test data, the rest names its run and iteration. Warm-up orders count
 * for themselves, so that they never collide with measured ones.
 */
export function orderId(run: string, iteration: number, isWarmup = false): string {
  return `${orderIdPrefix(run, isWarmup)}${iteration}`;
}

/** Ids of the measured orders of the iterations from `from` up to, without, `to`. */
export function* orderIds(range: {
  readonly run: string;
  readonly from: number;
  readonly to: number;
}): Generator<string> {
  for (let i = range.from; i < range.to; i++) yield orderId(range.run, i);
}

/** The order that `orderWriter` writes for an iteration. */
export function createOrder(source: OrderSource, iteration: number, isWarmup = false): Order {
  const write = orderWriter(source, DEFAULT_ORDER_MAPPING);
  return JSON.parse(write(iteration, isWarmup, 0)) as Order;
}
