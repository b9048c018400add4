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
 * first. Orders that were not sent say nothing of the target.
 */
export function abortReason(
  total: LiveCounts,
  seconds: readonly LiveCounts[],
  plan: { readonly plannedOrders: number | null; readonly slo: Slo },
): string | null {
  const { started, dropped, outcomes: all } = total;
  const planned = Math.max(started, Math.ceil(plan.plannedOrders ?? 0) - dropped);
  const lost = resolvedOf(all) - servedOf(all);
  const best = planned === 0 ? 1 : (planned - lost) / planned;
  if (best >= plan.slo.successRatio) return null;

  const last = seconds.slice(-COLLAPSE_SECONDS);
  if (last.length < COLLAPSE_SECONDS) return null;
  const recentlySent = last.reduce((sum, second) => sum + second.started, 0);
  const recentlyServed = last.reduce((sum, { outcomes }) => sum + servedOf(outcomes), 0);
  if (recentlySent === 0 || recentlyServed / recentlySent >= COLLAPSE_RATIO) return null;
  if (plan.plannedOrders === null) {
    const served = `${recentlyServed} of the last ${recentlySent} orders were served`;
    const refused = refusedIn(last);
    // Credentials that expired, a wrong path or a firewall are no collapse.
    return refused * 2 > recentlySent
      ? `${served}, and the target refused ${refused} of them, which the rate need not be the cause of: higher rates would show no more.`
      : `${served}: the target has collapsed, and higher rates would show no more.`;
  }
  return `${recentlyServed} of the last ${recentlySent} orders were served, and success can reach ${formatRatio(best)} at best, below the SLO of ${formatRatio(plan.slo.successRatio)}.`;
}

/** Orders that were answered otherwise than by an overload: with a 4xx but 429, a redirect or another body. */
function refusedIn(seconds: readonly LiveCounts[]): number {
  return seconds.reduce(
    (sum, { outcomes }) => sum + outcomes.rejected + outcomes.unexpectedBody,
    0,
  );
}
