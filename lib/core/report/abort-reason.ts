import type { Slo } from '../load/load-plan.ts';
import { formatRatioLimit } from '../text/format-limit.ts';
import { formatRatioAgainst, groupDigits } from './format-figure.ts';
import { resolvedOf, servedOf } from './outcome-counts.ts';
import type { OutcomeCounts } from './schema/latency-schema.ts';

/** Counts of a span of a run in progress, without warm-up. */
export interface LiveCounts {
  readonly started: number;
  readonly dropped: number;
  readonly outcomes: OutcomeCounts;
}

/** Seconds over which a collapse is judged. */
export const COLLAPSE_SECONDS = 10;
/** With a smaller share of stored orders, going on would teach nothing. */
const COLLAPSE_RATIO = 0.1;

/**
 * Why a run should be stopped, or null. Two conditions must hold: the success SLO cannot be met even if every order in
 * flight or still to come is stored, and hardly any of the last seconds' orders were. The first one alone would cut off
 * the recovery that a spike is run for. `plannedOrders` is null for a load that only rises, where later orders cannot
 * make up for failed ones. `seconds` are the latest closed seconds, oldest first. Dropped orders tell nothing about the
 * target.
 */
export function abortReason(
  total: LiveCounts,
  seconds: readonly LiveCounts[],
  plan: { readonly plannedOrders: number | null; readonly slo: Slo },
): string | null {
  const { best } = stillPossible(total, plan.plannedOrders ?? 0);
  if (best >= plan.slo.successRatio) return null;

  const last = seconds.slice(-COLLAPSE_SECONDS);
  if (last.length < COLLAPSE_SECONDS) return null;
  const recentlySent = last.reduce((sum, second) => sum + second.started, 0);
  const recentlyServed = last.reduce((sum, { outcomes }) => sum + servedOf(outcomes), 0);
  if (recentlySent === 0 || recentlyServed / recentlySent >= COLLAPSE_RATIO) return null;
  if (plan.plannedOrders === null) {
    const served = `${groupDigits(recentlyServed)} of the last ${groupDigits(recentlySent)} orders were stored`;
    const refused = refusedIn(last);
    // Expired credentials, a wrong path or a firewall are not a collapse.
    return refused * 2 > recentlySent
      ? `${served}, and the target refused ${groupDigits(refused)} of them, for which the rate need not be the cause: higher rates would show no more.`
      : `${served}: the target has collapsed, and higher rates would show no more.`;
  }
  return `${groupDigits(recentlyServed)} of the last ${groupDigits(recentlySent)} orders were stored, and success can reach at most ${formatRatioAgainst(best, plan.slo.successRatio)}, below the SLO of ${formatRatioLimit(plan.slo.successRatio)}.`;
}

/** Orders that the load will have had at its end, and their success if every order in flight or to come is stored. */
export function stillPossible(
  { started, dropped, outcomes }: LiveCounts,
  plannedOrders: number,
): { readonly orders: number; readonly best: number } {
  const orders = Math.max(started, Math.ceil(plannedOrders) - dropped);
  const lost = resolvedOf(outcomes) - servedOf(outcomes);
  return { orders, best: orders === 0 ? 1 : (orders - lost) / orders };
}

/** Orders whose response does not look like overload: a 4xx other than 429, a redirect or another body. */
function refusedIn(seconds: readonly LiveCounts[]): number {
  return seconds.reduce(
    (sum, { outcomes }) => sum + outcomes.rejected + outcomes.unexpectedBody,
    0,
  );
}
