import exec from 'k6/execution';
import { acceptedSample, isNoted, renderAccepted } from '../core/load/accepted-sample.ts';
import type { LoadPlan } from '../core/load/load-plan.ts';
import { createOrder } from '../core/order/create-order.ts';
import { HANDOVER_PREFIX } from '../core/telemetry/metric-names.ts';
import { isWrapped } from './env.ts';
import { createIterationContext } from './iteration-context.ts';
import { createOrderClient } from './order-client.ts';
import { countStarted } from './order-metrics.ts';
import { recordAnswer } from './record-answer.ts';

/** k6's own, whose types know no global of this name. */
declare const console: { log(text: string): void };

/**
 * The body of one iteration of the queue path: hand in one new order, record what became of it, and
 * tell the wrapper when it was accepted, for a bounded sample: it will read those orders later.
 */
export function queueIteration(plan: LoadPlan): () => void {
  const placeOrder = createOrderClient(plan);
  const nextContext = createIterationContext(plan);
  const record = recordAnswer();
  const sample = acceptedSample(plan);
  const tells = isWrapped();
  let startMs: number | null = null;

  return () => {
    const { iteration, isWarmup } = nextContext();
    countStarted();
    startMs ??= isWarmup ? null : exec.scenario.startTime;
    const beganMs = Date.now();
    const answer = placeOrder(createOrder(plan, iteration, isWarmup));
    const acceptedMs = Date.now();
    record(answer);
    if (!tells || isWarmup || answer.outcome !== 'created') return;
    if (!isNoted(sample, iteration, beganMs - (startMs ?? beganMs))) return;
    console.log(HANDOVER_PREFIX + renderAccepted({ iteration, acceptedMs }));
  };
}
