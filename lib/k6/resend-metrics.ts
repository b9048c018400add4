import { Counter, Trend } from 'k6/metrics';
import { OUTCOMES, type Outcome } from '../core/order/outcome.ts';
import { LATENCY_POWER, METRIC_NAMES } from '../core/telemetry/metric-names.ts';
import { isWrapped } from './env.ts';

export interface ResendMetrics {
  /** Must be called before the second send, of which k6 may leave no other trace. */
  readonly countResent: (step: string) => void;
  readonly recordResend: (
    outcome: Outcome,
    first: Outcome,
    step: string,
    durationMs: number,
  ) => void;
}

/** Makes the metrics of orders sent again; k6 allows it in the init context only. */
export function createResendMetrics(): ResendMetrics {
  const resent = new Counter(METRIC_NAMES.resent);
  const resendPow8 = new Trend(METRIC_NAMES.resendPow8);
  // As with first sends: the wrapper counts the histograms, a person reads counters.
  const counters = isWrapped()
    ? null
    : new Map(OUTCOMES.map((outcome) => [outcome, new Counter(`orders_resent_${snake(outcome)}`)]));
  return {
    countResent: (step) => resent.add(1, { step }),
    recordResend: (outcome, first, step, durationMs) => {
      resendPow8.add(durationMs ** LATENCY_POWER, { outcome, first, step });
      counters?.get(outcome)?.add(1);
    },
  };
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
