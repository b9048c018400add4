import type { LoadPlan } from '../core/load/load-plan.ts';
import { isResent } from '../core/order/is-resent.ts';
import type { Outcome } from '../core/order/outcome.ts';
import { recordAnswer, recordHandlerSeen } from './order-metrics.ts';
import { createOrderSender, type TakeAnswer } from './order-sender.ts';
import { createResendMetrics } from './resend-metrics.ts';

export interface OrderResender {
  /** Takes the answer to a first send: records it, and keeps its outcome for the second. */
  readonly takeFirst: TakeAnswer;
  /** Sends the order of the latest answer once more, to the byte the same, where its iteration was drawn. */
  readonly sendAgain: (body: string, iteration: number) => void;
}

/**
 * Sends the orders again whose iterations the plan's retry ratio has drawn; null for a plan without
 * retries, which makes no metric and costs an iteration nothing.
 */
export function createOrderResender(plan: LoadPlan): OrderResender | null {
  const { seed, retryRatio } = plan;
  if (retryRatio === 0) return null;
  const { countResent, recordResend } = createResendMetrics();
  let first: Outcome = 'created';
  let handlerSeen = false;
  const takeSecond: TakeAnswer = (outcome, durationMs, _connectMs, _serverTiming, seen) => {
    recordResend(outcome, first, durationMs);
    if (seen && !handlerSeen) {
      handlerSeen = true;
      recordHandlerSeen();
    }
  };
  // Thresholds and exact percentiles of k6 select the scenario's own name, so these requests are in neither.
  const send = createOrderSender(plan, takeSecond, { scenario: `${plan.scenario}-again` });

  return {
    takeFirst: (outcome, ...answer) => {
      first = outcome;
      recordAnswer(outcome, ...answer);
    },
    sendAgain: (body, iteration) => {
      if (!isResent(seed, retryRatio, iteration)) return;
      countResent();
      send(body);
    },
  };
}
