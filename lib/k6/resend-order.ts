import type { LoadPlan } from '../core/load/load-plan.ts';
import { isResent } from '../core/order/is-resent.ts';
import type { Outcome } from '../core/order/outcome.ts';
import { parseServerTiming } from '../core/order/parse-server-timing.ts';
import { type RecordAnswer, recordHandlerSeen } from './order-metrics.ts';
import { createOrderSender, type OrderResponse } from './order-sender.ts';
import { createResendMetrics } from './resend-metrics.ts';

export interface OrderResender {
  /** Whether the order with this number is sent a second time. */
  readonly isDrawn: (order: number) => boolean;
  /** Sends it once more, to the byte the same; `first` is the outcome of its first send. */
  readonly sendAgain: (body: string, first: Outcome, step: string) => Promise<void>;
  /** The same, holding up the VU. */
  readonly sendAgainWaiting: (body: string, first: Outcome, step: string) => void;
}

/**
 * Sends the orders again that the plan's retry ratio has drawn; null for a plan without retries, which makes
 * no metric and costs an order nothing.
 */
export function createOrderResender(plan: LoadPlan): OrderResender | null {
  const { seed, retryRatio } = plan;
  if (retryRatio === 0) return null;
  const { countResent, recordResend } = createResendMetrics();
  let first: Outcome = 'created';
  const record: RecordAnswer = (outcome, step, durationMs, _connectMs, timing, isMarked) => {
    recordResend(outcome, first, step, durationMs);
    const isTimed = timing !== undefined && parseServerTiming(timing) !== null;
    if (isTimed || isMarked) recordHandlerSeen();
  };
  // Thresholds and exact percentiles of k6 select the scenario's own name, so these requests are in neither.
  const sender = createOrderSender(plan, {
    record,
    // The order itself was sent: what became of its second send stays open.
    notSent: () => undefined,
    failures: () => () => undefined,
    tags: { scenario: `${plan.scenario}-again` },
  });
  const read = (response: OrderResponse, outcome: Outcome, step: string): void => {
    first = outcome;
    sender.read(response, step);
  };

  return {
    isDrawn: (order) => isResent(seed, retryRatio, order),
    sendAgain(body, outcome, step) {
      countResent(step);
      return sender.start(body).then((response) => read(response, outcome, step));
    },
    sendAgainWaiting(body, outcome, step) {
      countResent(step);
      read(sender.send(body), outcome, step);
    },
  };
}
