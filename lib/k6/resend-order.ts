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
  /** Sends the same bytes again; `first` is the outcome of the first send. */
  readonly sendAgain: (body: string, first: Outcome, step: string) => Promise<void>;
  /** Sends the same bytes again, and blocks the VU. */
  readonly sendAgainWaiting: (body: string, first: Outcome, step: string) => void;
}

/**
 * Sends orders again that were drawn according to the plan's retry ratio. Null for a plan without retries: it creates
 * no metrics and costs orders nothing.
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
  // k6's thresholds and exact percentiles select the scenario's own name, so they exclude these requests.
  const sender = createOrderSender(plan, {
    record,
    // The order itself was sent; the outcome of its second send stays open.
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
