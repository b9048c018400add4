import type { LoadPlan } from '../core/load/load-plan.ts';
import { orderWriter } from '../core/order/write-order.ts';
import { eachIteration } from './each-iteration.ts';
import { countStarted, recordAnswer } from './order-metrics.ts';
import { createOrderSender } from './order-sender.ts';
import { createOrderResender } from './resend-order.ts';

/**
 * The body of one iteration: place one new order, record what became of it, and send it again where the
 * plan says so. Every scenario that loads the order API exports it as its default function.
 */
export function orderIteration(plan: LoadPlan): () => void {
  const resender = createOrderResender(plan);
  const write = orderWriter(plan, plan.mapping);
  const send = createOrderSender(plan, resender === null ? recordAnswer : resender.takeFirst);

  return eachIteration(plan, (iteration, isWarmup) => {
    countStarted();
    const body = write(iteration, isWarmup, Date.now());
    send(body);
    if (resender !== null && !isWarmup) resender.sendAgain(body, iteration);
  });
}
