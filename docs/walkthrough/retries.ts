import exec from 'k6/execution';
import { createOrder } from 'order-load/core/order/create-order.ts';
import { loadPlanFromEnv } from 'order-load/k6/load-plan-from-env.ts';
import { createOrderClient } from 'order-load/k6/order-client.ts';
import { countStarted, recordHandlerSeen, recordOutcome } from 'order-load/k6/order-metrics.ts';
import { scenarioOptions } from 'order-load/k6/scenario-options.ts';

/** Clients that lost an answer: every fifth order is the one before the last four, sent again. */
const plan = loadPlanFromEnv('retries');
const placeOrder = createOrderClient(plan);

export const options = scenarioOptions(plan);

export default function () {
  const iteration = exec.scenario.iterationInTest;
  countStarted();
  const order = createOrder(plan, iteration % 5 === 4 ? iteration - 4 : iteration, false);
  const { outcome, durationMs, handlerSeen } = placeOrder(order);
  recordOutcome(outcome, durationMs);
  if (handlerSeen) recordHandlerSeen();
}
