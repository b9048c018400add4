import type { LoadPlan } from '../core/load/load-plan.ts';
import { createOrder } from '../core/order/create-order.ts';
import { createIterationContext } from './iteration-context.ts';
import { createOrderClient } from './order-client.ts';
import {
  countStarted,
  recordConnect,
  recordHandlerSeen,
  recordOutcome,
  recordServerTiming,
} from './order-metrics.ts';
import { createOrderResender } from './resend-order.ts';

/**
 * The body of one iteration: place one new order, record what became of it, and send it again where the
 * plan says so. Every scenario that loads the order API exports it as its default function.
 */
export function orderIteration(plan: LoadPlan): () => void {
  const placeOrder = createOrderClient(plan);
  const nextContext = createIterationContext(plan);
  const resend = createOrderResender(plan);
  let handlerSeen = false;

  return () => {
    const { iteration, isWarmup } = nextContext();
    countStarted();
    const order = createOrder(plan, iteration, isWarmup);
    const sentAtMs = resend === null ? undefined : Date.now();
    const answer = placeOrder(order, sentAtMs);
    recordOutcome(answer.outcome, answer.durationMs);
    recordConnect(answer.connectMs);
    if (answer.serverTiming !== null) recordServerTiming(answer.serverTiming);
    if (answer.handlerSeen && !handlerSeen) {
      handlerSeen = true;
      recordHandlerSeen();
    }
    if (sentAtMs !== undefined && !isWarmup) {
      resend?.({ order, iteration, sentAtMs, outcome: answer.outcome });
    }
  };
}
