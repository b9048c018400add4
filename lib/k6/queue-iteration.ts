import exec from 'k6/execution';
import { acceptedSample, isNoted, renderAccepted } from '../core/load/accepted-sample.ts';
import type { LoadPlan } from '../core/load/load-plan.ts';
import type { Outcome } from '../core/order/outcome.ts';
import { orderWriter } from '../core/order/write-order.ts';
import { HANDOVER_PREFIX } from '../core/telemetry/metric-names.ts';
import { eachIteration } from './each-iteration.ts';
import { isWrapped } from './env.ts';
import { countStarted, recordAnswer } from './order-metrics.ts';
import { createOrderSender } from './order-sender.ts';

/** k6's own, whose types know no global of this name. */
declare const console: { log(text: string): void };

/**
 * The body of one iteration of the queue path: hand in one new order, record what became of it, and
 * tell the wrapper when it was accepted, for a bounded sample: it will read those orders later.
 */
export function queueIteration(plan: LoadPlan): () => void {
  const write = orderWriter(plan, plan.mapping);
  let outcome: Outcome = 'created';
  let acceptedMs = 0;
  const send = createOrderSender(plan, (what, ...answer) => {
    acceptedMs = Date.now();
    outcome = what;
    recordAnswer(what, ...answer);
  });
  const sample = acceptedSample(plan);
  const tells = isWrapped();
  let startMs: number | null = null;

  return eachIteration(plan, (iteration, isWarmup) => {
    countStarted();
    startMs ??= isWarmup ? null : exec.scenario.startTime;
    const beganMs = Date.now();
    send(write(iteration, isWarmup, beganMs));
    if (!tells || isWarmup || outcome !== 'created') return;
    if (!isNoted(sample, iteration, beganMs - (startMs ?? beganMs))) return;
    console.log(HANDOVER_PREFIX + renderAccepted({ iteration, acceptedMs }));
  });
}
