import type { Slo } from '../load/load-plan.ts';
import { formatRatio } from './format-figure.ts';
import { resolvedOf, servedOf } from './outcome-counts.ts';
import type { OutcomeCounts } from './schema/latency-schema.ts';

/** What has been counted of a span of a run that is still going on, without warm-up. */
export interface LiveCounts {
  readonly started: number;
  readonly dropped: number;
  readonly outcomes: OutcomeCounts;
}

/** The seconds that are looked at for a collapse. */
export const COLLAPSE_SECONDS = 10;
/** Below this share of served orders nothing is left to learn from going on. */
const COLLAPSE_RATIO = 0.1;

/**
 * Why a run is to be given up, or null. Both must hold: the success SLO is lost even if every order
 * in flight or still to come is served, and hardly any of the last seconds' orders were. The first
 * alone would cut off the recovery that a spike is run for. A null `plannedOrders` is a load that only
 * rises: what is to come cannot mend what was lost. `seconds` are the latest closed seconds, oldest
 * first.
 */
export function abortReason(
  total: LiveCounts,
  seconds: readonly LiveCounts[],
  plan: { readonly plannedOrders: number | null; readonly slo: Slo },
): string | null {
  const offered = total.started + total.dropped;
  const planned = Math.max(offered, Math.ceil(plan.plannedOrders ?? 0));
  const lost = total.dropped + resolvedOf(total.outcomes) - servedOf(total.outcomes);
  const best = planned === 0 ? 1 : (planned - lost) / planned;
  if (best >= plan.slo.successRatio) return null;

  const last = seconds.slice(-COLLAPSE_SECONDS);
  if (last.length < COLLAPSE_SECONDS) return null;
  const recentlyOffered = last.reduce((sum, { started, dropped }) => sum + started + dropped, 0);
  const recentlyServed = last.reduce((sum, { outcomes }) => sum + servedOf(outcomes), 0);
  if (recentlyOffered === 0 || recentlyServed / recentlyOffered >= COLLAPSE_RATIO) return null;
  if (plan.plannedOrders === null) {
    return `${recentlyServed} of the last ${recentlyOffered} orders were served: the target has collapsed, and higher rates would show no more.`;
  }
  return `${recentlyServed} of the last ${recentlyOffered} orders were served, and success can reach ${formatRatio(best)} at best, below the SLO of ${formatRatio(plan.slo.successRatio)}.`;
}
