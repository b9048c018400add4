import { orderWriter } from 'order-load/core/order/write-order.ts';
import { loadPlanFromEnv } from 'order-load/k6/load-plan-from-env.ts';
import { orderLoop } from 'order-load/k6/order-loop.ts';
import { loopOptions } from 'order-load/k6/scenario-options.ts';

/** Clients that lost an answer: every fifth order is the one before the last four, sent again. */
const plan = loadPlanFromEnv('retries');
const write = orderWriter(plan, plan.mapping);

export const options = loopOptions(plan);

export default orderLoop(plan, {
  body: ({ order }) => write(order % 5 === 4 ? order - 4 : order, false, Date.now()),
});
