import type { LoadPlan } from '../core/load/load-plan.ts';
import { createOrder } from '../core/order/create-order.ts';
import { createIterationContext } from './iteration-context.ts';
import { createOrderClient } from './order-client.ts';
import { countStarted } from './order-metrics.ts';
import { recordAnswer } from './record-answer.ts';

/**
 * The body of one iteration: place one new order and record what became of it. Every scenario that
 * loads the order API exports it as its default function.
 */
export function orderIteration(plan: LoadPlan): () => void {
  const placeOrder = createOrderClient(plan);
  const nextContext = createIterationContext(plan);
  const record = recordAnswer();

  return () => {
    const { iteration, isWarmup } = nextContext();
    countStarted();
    record(placeOrder(createOrder(plan, iteration, isWarmup)));
  };
}
