import type { LoadPlan } from '../core/load/load-plan.ts';
import { createOrder } from '../core/order/create-order.ts';
import { generatedOrderEncoder } from '../core/order/encode-order.ts';
import { createIterationContext } from './iteration-context.ts';
import { createOrderSender } from './order-client.ts';
import {
  countStarted,
  recordConnect,
  recordHandlerSeen,
  recordOutcome,
  recordServerTiming,
} from './order-metrics.ts';

/**
 * The body of one iteration: place one new order and record what became of it. Every scenario that
 * loads the order API exports it as its default function.
 */
export function orderIteration(plan: LoadPlan): () => void {
  const send = createOrderSender(plan);
  const encode = generatedOrderEncoder(plan.mapping);
  const nextContext = createIterationContext(plan);
  let handlerSeen = false;

  return () => {
    const { iteration, isWarmup } = nextContext();
    countStarted();
    const answer = send(encode(createOrder(plan, iteration, isWarmup), Date.now() / 1000));
    recordOutcome(answer.outcome, answer.durationMs);
    if (answer.connectMs > 0) recordConnect(answer.connectMs);
    if (answer.serverTiming !== null) recordServerTiming(answer.serverTiming);
    if (answer.handlerSeen && !handlerSeen) {
      handlerSeen = true;
      recordHandlerSeen();
    }
  };
}
