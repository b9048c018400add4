import type { Histogram } from '../histogram/histogram.ts';
import { quantile } from '../histogram/quantile.ts';
import { formatMs, formatRatio } from './format-figure.ts';
import { resolvedOf, servedOf } from './outcome-counts.ts';
import type { PlanFacts } from './run-facts.ts';
import type { OutcomeCounts } from './schema/latency-schema.ts';
import { judgedLatency } from './thresholds.ts';

/** What has been counted so far in a run that is still going on, without warm-up. */
export interface LiveTotals {
  readonly started: number;
  readonly dropped: number;
  readonly outcomes: OutcomeCounts;
  /** Latency in ms of created and duplicate orders. */
  readonly success: Histogram;
}

/**
 * Why the SLO can no longer be met even if every order that is in flight or still to come is served
 * at once; null while it can. Nothing is estimated: an SLO that it calls lost is lost.
 */
export function hopeless(
  live: LiveTotals,
  plan: Pick<PlanFacts, 'plannedOrders' | 'slo' | 'requestTimeoutMs'>,
): string | null {
  const offered = live.started + live.dropped;
  const total = Math.max(offered, Math.ceil(plan.plannedOrders));
  const open = live.started - resolvedOf(live.outcomes) + (total - offered);
  const best = total === 0 ? 1 : (servedOf(live.outcomes) + open) / total;
  if (best < plan.slo.successRatio) {
    return `Success can reach ${formatRatio(best)} at best, below the SLO of ${formatRatio(plan.slo.successRatio)}, even if every order still to come is served.`;
  }
  const judged = judgedLatency(live.success, live.outcomes.timeout, plan.requestTimeoutMs);
  const p95 = quantile({ ...judged, zeroCount: judged.zeroCount + open }, 0.95);
  if (p95 !== null && p95 > plan.slo.p95Ms) {
    return `The p95 latency will be at least ${formatMs(p95)}, above the SLO of ${formatMs(plan.slo.p95Ms)}, even if every order still to come is served at once.`;
  }
  return null;
}
