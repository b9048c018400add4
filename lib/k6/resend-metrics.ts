import { Counter, Trend } from 'k6/metrics';
import { OUTCOMES, type Outcome } from '../core/order/outcome.ts';
import { LATENCY_POWER, METRIC_NAMES } from '../core/telemetry/metric-names.ts';
import { isWrapped } from './env.ts';

export interface ResendMetrics {
  /** Call it before the second send: if k6 interrupts that, there is no other trace. */
  readonly countResent: (step: string) => void;
  readonly recordResend: (
    outcome: Outcome,
    first: Outcome,
    step: string,
    durationMs: number,
  ) => void;
}

/** Creates the metrics of orders sent again; k6 allows it only in the init context. */
export function createResendMetrics(): ResendMetrics {
  const resent = new Counter(METRIC_NAMES.resent);
  const resendPow8 = new Trend(METRIC_NAMES.resendPow8);
  // As for first sends, the wrapper counts the histograms, and counters are for the summary of plain k6.
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
