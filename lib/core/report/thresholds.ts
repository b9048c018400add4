import { censor } from '../histogram/censor.ts';
import type { Histogram } from '../histogram/histogram.ts';
import { quantile } from '../histogram/quantile.ts';
import { servedOf } from './outcome-counts.ts';
import type { PlanFacts } from './run-facts.ts';
import type { OutcomeCounts } from './schema/latency-schema.ts';
import type { Threshold } from './schema/report-schema.ts';

/** Share of the planned orders that k6 must offer. */
const OFFERED_RATIO = 0.98;
/** k6 rounds rates, and orders at the borders of a step may count in its neighbour. */
const OFFERED_SLACK = 2;

/** Whether the load was offered as planned, by a run or by one step. */
export function isOfferedAsPlanned(offered: number, plannedOrders: number): boolean {
  return offered >= OFFERED_RATIO * plannedOrders - OFFERED_SLACK;
}

export interface JudgedCounts {
  readonly offered: number;
  readonly outcomes: OutcomeCounts;
  /** Latency in ms of created and duplicate orders. */
  readonly success: Histogram;
}

/**
 * The latencies that the SLO is judged on: created and duplicate orders, and each timeout as an
 * observation at the request timeout, because it took at least that long. Other failures are left
 * out, so failing fast never helps.
 */
export function judgedLatency(
  success: Histogram,
  timeouts: number,
  requestTimeoutMs: number,
): Histogram {
  return censor(success, timeouts, requestTimeoutMs);
}

/** The SLOs with the observed values, and whether the load was offered as planned. */
export function thresholdsOf(plan: PlanFacts, counts: JudgedCounts): Threshold[] {
  const { slo, requestTimeoutMs, plannedOrders } = plan;
  const success = counts.offered === 0 ? null : servedOf(counts.outcomes) / counts.offered;
  const p95 = quantile(
    judgedLatency(counts.success, counts.outcomes.timeout, requestTimeoutMs),
    0.95,
  );
  const offered = plannedOrders === 0 ? null : counts.offered / plannedOrders;
  return [
    {
      name: 'success',
      slo: slo.successRatio,
      observed: success,
      unit: 'ratio',
      ok: success !== null && success >= slo.successRatio,
    },
    {
      name: 'p95',
      slo: slo.p95Ms,
      observed: p95,
      unit: 'ms',
      ok: p95 !== null && p95 <= slo.p95Ms,
    },
    {
      name: 'offered',
      slo: OFFERED_RATIO,
      observed: offered,
      unit: 'ratio',
      ok: isOfferedAsPlanned(counts.offered, plannedOrders),
    },
  ];
}
