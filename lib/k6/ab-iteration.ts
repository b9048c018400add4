import exec from 'k6/execution';
import { blockOf } from '../core/load/ab-blocks.ts';
import type { LoadPlan } from '../core/load/load-plan.ts';
import { createOrder } from '../core/order/create-order.ts';
import { createOrderClient } from './order-client.ts';
import { countStarted, recordScenarioStart } from './order-metrics.ts';
import { recordAnswer } from './record-answer.ts';

/**
 * The body of one iteration of an ab run: one new order to the arm whose block this is. k6 runs every
 * block as a scenario of its own, so the name of the scenario says arm, round and step; it is in the
 * order's id, because two deployments may share one table.
 */
export function abIteration(plan: LoadPlan): () => void {
  const place = {
    a: createOrderClient(plan),
    b: createOrderClient({ ...plan, target: plan.targetB ?? plan.target }),
  };
  const record = recordAnswer();
  // Each access to exec.scenario builds a new object with six closures; its getters stay live.
  let scenario: typeof exec.scenario | null = null;
  let step = '';
  let source = { run: plan.run, seed: plan.seed };
  let placeOrder = place.a;

  return () => {
    scenario ??= exec.scenario;
    const { name } = scenario;
    if (name !== step) {
      step = name;
      source = { run: `${plan.run}-${name}`, seed: plan.seed };
      placeOrder = place[blockOf(name)?.arm ?? 'a'];
      exec.vu.metrics.tags['step'] = name;
      recordScenarioStart(scenario.startTime);
    }
    countStarted();
    record(placeOrder(createOrder(source, scenario.iterationInTest)));
  };
}
