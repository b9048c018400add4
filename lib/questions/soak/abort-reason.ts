import { countOf } from '../../core/histogram/count.ts';
import { countAbove } from '../../core/histogram/count-above.ts';
import type { Slo } from '../../core/load/load-plan.ts';
import { type LiveCounts, stillPossible } from '../../core/report/abort-reason.ts';
import { formatRatio, formatRatioAgainst } from '../../core/report/format-figure.ts';
import { resolvedOf, servedOf } from '../../core/report/outcome-counts.ts';
import { wilsonInterval } from '../../core/statistics/wilson-interval.ts';
import { formatMsLimit, formatRatioLimit } from '../../core/text/format-limit.ts';
import type { LiveLatency } from '../question.ts';

/** Seconds over which the SLO must still be missed. */
export const LASTING_SECONDS = 60;
const SLOW_RATIO = 0.05;

/**
 * Why a soak should be stopped, or null. It is stopped if a service level can no longer be met over the whole soak,
 * even if everything went well from now on, and was clearly missed (by a 95% Wilson interval) over the last minute, so
 * it is not just a past incident. Going on for hours would tell no more. A spike or a ramp is not stopped this way,
 * because what follows its losses is what it is run for. `seconds` are the latest closed seconds, oldest first.
 * Dropped orders tell nothing about the target.
 */
export function soakAbortReason(
  total: LiveLatency,
  seconds: readonly LiveLatency[],
  { plannedOrders, slo }: { readonly plannedOrders: number; readonly slo: Slo },
): string | null {
  const last = seconds.slice(-LASTING_SECONDS);
  if (last.length < LASTING_SECONDS) return null;

  const { orders, best } = stillPossible(total, plannedOrders);
  const lost = last.reduce((sum, second) => sum + lostOf(second), 0);
  const judged = last.reduce((sum, { outcomes }) => sum + resolvedOf(outcomes), 0);
  const success = wilsonInterval(judged - lost, judged);
  if (best < slo.successRatio && success !== null && success[1] < slo.successRatio) {
    return `success was ${formatRatio((judged - lost) / judged)} in the last minute and can reach at most ${formatRatioAgainst(best, slo.successRatio)} over the whole soak, below the SLO of ${formatRatioLimit(slo.successRatio)}.`;
  }

  const slow = last.reduce((sum, { sloLatency }) => sum + countAbove(sloLatency, slo.p95Ms), 0);
  const measured = last.reduce((sum, { sloLatency }) => sum + countOf(sloLatency), 0);
  const share = wilsonInterval(slow, measured);
  const isLost = countAbove(total.sloLatency, slo.p95Ms) > SLOW_RATIO * orders;
  if (isLost && share !== null && share[0] > SLOW_RATIO) {
    return `${formatRatio(slow / measured)} of the orders of the last minute took longer than ${formatMsLimit(slo.p95Ms)}, and the p95 of the whole soak can no longer meet this SLO.`;
  }
  return null;
}

const lostOf = ({ outcomes }: LiveCounts) => resolvedOf(outcomes) - servedOf(outcomes);
