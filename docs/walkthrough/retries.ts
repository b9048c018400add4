import exec from 'k6/execution';
import { orderWriter } from 'order-load/core/order/write-order.ts';
import { loadPlanFromEnv } from 'order-load/k6/load-plan-from-env.ts';
import { countStarted, recordAnswer } from 'order-load/k6/order-metrics.ts';
import { createOrderSender } from 'order-load/k6/order-sender.ts';
import { scenarioOptions } from 'order-load/k6/scenario-options.ts';

/** Clients that lost an answer: every fifth order is the one before the last four, sent again. */
const plan = loadPlanFromEnv('retries');
const write = orderWriter(plan, plan.mapping);
const send = createOrderSender(plan, recordAnswer);

export const options = scenarioOptions(plan);

export default function () {
  const iteration = exec.scenario.iterationInTest;
  countStarted();
  send(write(iteration % 5 === 4 ? iteration - 4 : iteration, false, Date.now()));
}
