import exec from 'k6/execution';
import type { LoadPlan } from '../core/load/load-plan.ts';
import { stageAt } from '../core/load/stages.ts';
import { WARMUP_SCENARIO } from '../core/telemetry/metric-names.ts';
import { bodyWriters } from './body-rows.ts';
import { countStarted, enterStep, recordScenarioStart } from './order-metrics.ts';
import { createOrderSender } from './order-sender.ts';
import { freshenToken } from './renewed-token.ts';
import { createOrderResender } from './resend-order.ts';

/**
 * The body of one iteration of a scenario in k6's usual form: places one new order, waits for the response, records
 * it, and sends the order again if the plan requires it. Use it with `scenarioOptions`.
 */
export function orderIteration(plan: LoadPlan): () => void {
  const resender = createOrderResender(plan);
  const write = bodyWriters(plan)(plan.run);
  const sender = createOrderSender(plan);
  const warmsUp = plan.warmup !== null;
  const isRenewed = plan.auth.kind === 'renewed';
  // Each access to exec.scenario creates a new object with six closures; the getters of one stay up to date.
  let scenario: typeof exec.scenario | null = null;
  let startMs = 0;
  let step = '';
  let stepEndsMs = 0;

  const enterStage = (began: typeof exec.scenario, nowMs: number): void => {
    const isFirst = startMs === 0;
    if (isFirst) startMs = began.startTime;
    const { name, endMs } = stageAt(plan.stages, nowMs - startMs);
    step = name;
    enterStep(step);
    stepEndsMs = startMs + endMs;
    if (isFirst) recordScenarioStart(startMs);
  };

  return () => {
    if (isRenewed) freshenToken();
    scenario ??= exec.scenario;
    const isWarmup = warmsUp && scenario.name === WARMUP_SCENARIO;
    const nowMs = Date.now();
    if (isWarmup) enterStep(WARMUP_SCENARIO);
    else if (nowMs >= stepEndsMs) enterStage(scenario, nowMs);
    countStarted();
    const order = scenario.iterationInTest;
    const body = write(order, isWarmup, nowMs);
    const outcome = sender.read(sender.send(body), isWarmup ? WARMUP_SCENARIO : step);
    if (resender === null || isWarmup || outcome === null || !resender.isDrawn(order)) return;
    resender.sendAgainWaiting(body, outcome, step);
  };
}
