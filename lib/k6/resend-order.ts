import type { LoadPlan } from '../core/load/load-plan.ts';
import { isResent } from '../core/order/is-resent.ts';
import type { Order } from '../core/order/order.ts';
import type { Outcome } from '../core/order/outcome.ts';
import { createOrderClient } from './order-client.ts';
import { recordHandlerSeen } from './order-metrics.ts';
import { createResendMetrics } from './resend-metrics.ts';

/** An order whose first send has come to an outcome. */
export interface SentOrder {
  readonly order: Order;
  readonly iteration: number;
  /** Epoch ms at which it was written as JSON. */
  readonly sentAtMs: number;
  readonly outcome: Outcome;
}

/**
 * A function that sends an order once more, to the byte the same, where the plan's retry ratio has drawn its
 * iteration; or null for a plan without retries, which makes no metric and costs an iteration nothing.
 */
export function createOrderResender(plan: LoadPlan): ((sent: SentOrder) => void) | null {
  const { seed, retryRatio } = plan;
  if (retryRatio === 0) return null;
  // Thresholds and exact percentiles of k6 select the scenario's own name, so these requests are in neither.
  const placeAgain = createOrderClient(plan, { scenario: `${plan.scenario}-again` });
  const { countResent, recordResend } = createResendMetrics();
  let handlerSeen = false;

  return ({ order, iteration, sentAtMs, outcome }) => {
    if (!isResent(seed, retryRatio, iteration)) return;
    countResent();
    const answer = placeAgain(order, sentAtMs);
    recordResend(answer.outcome, outcome, answer.durationMs);
    if (answer.handlerSeen && !handlerSeen) {
      handlerSeen = true;
      recordHandlerSeen();
    }
  };
}
