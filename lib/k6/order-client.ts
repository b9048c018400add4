import type { LoadPlan } from '../core/load/load-plan.ts';
import { orderEncoder } from '../core/order/encode-order.ts';
import type { Order } from '../core/order/order.ts';
import type { Outcome } from '../core/order/outcome.ts';
import { parseServerTiming, type ServerTiming } from '../core/order/parse-server-timing.ts';
import { createOrderSender } from './order-sender.ts';

/** One resolved order, as its client saw it. */
export interface OrderAnswer {
  readonly outcome: Outcome;
  /** Sending, waiting and receiving; without the time to connect. */
  readonly durationMs: number;
  /** TCP and TLS, zero on a reused connection. */
  readonly connectMs: number;
  /** Null where the answer carried none. */
  readonly serverTiming: ServerTiming | null;
  /** The answer carried a header that only the order handler adds. */
  readonly handlerSeen: boolean;
}

/** A function that posts one order to the plan's target, never follows a redirect, and never throws for an answer. */
export function createOrderClient(plan: LoadPlan): (order: Order) => OrderAnswer {
  let answer: OrderAnswer | null = null;
  const encode = orderEncoder(plan.mapping);
  const send = createOrderSender(plan, (outcome, durationMs, connectMs, timing, handlerSeen) => {
    const serverTiming = timing === undefined ? null : parseServerTiming(timing);
    answer = { outcome, durationMs, connectMs, serverTiming, handlerSeen };
  });
  return (order) => {
    send(encode(order, Date.now() / 1000));
    return answer as unknown as OrderAnswer;
  };
}
