import exec from 'k6/execution';
import { blockOf } from '../core/load/ab-blocks.ts';
import type { LoadPlan } from '../core/load/load-plan.ts';
import { orderWriter } from '../core/order/write-order.ts';
import { countStarted, recordAnswer, recordScenarioStart } from './order-metrics.ts';
import { createOrderSender } from './order-sender.ts';

/**
 * The body of one iteration of an ab run: one new order to the arm whose block this is. k6 runs every
 * block as a scenario of its own, so the name of the scenario says arm, round and step; it is in the
 * order's id, because two deployments may share one table.
 */
export function abIteration(plan: LoadPlan): () => void {
  const senders = {
    a: createOrderSender(plan, recordAnswer),
    b: createOrderSender({ ...plan, target: plan.targetB ?? plan.target }, recordAnswer),
  };
  // Each access to exec.scenario builds a new object with six closures; its getters stay live.
  let scenario: typeof exec.scenario | null = null;
  let step = '';
  let write = orderWriter(plan, plan.mapping);
  let send = senders.a;

  return () => {
    scenario ??= exec.scenario;
    const { name } = scenario;
    if (name !== step) {
      step = name;
      write = orderWriter({ run: `${plan.run}-${name}`, seed: plan.seed }, plan.mapping);
      send = senders[blockOf(name)?.arm ?? 'a'];
      exec.vu.metrics.tags['step'] = name;
      recordScenarioStart(scenario.startTime);
    }
    countStarted();
    send(write(scenario.iterationInTest, false, Date.now()));
  };
}
