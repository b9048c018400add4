import { censor } from '../histogram/censor.ts';
import { countOf } from '../histogram/count.ts';
import { countAbove } from '../histogram/count-above.ts';
import type { Histogram } from '../histogram/histogram.ts';
import { quantile } from '../histogram/quantile.ts';
import type { Slo } from '../load/load-plan.ts';

/** Orders that were started later than this after they were due count as late. */
export const LATE_MS = 25;
/** With a larger share of orders late, or kept back by this machine, the load was another one than was asked for. */
const MAX_SPOILED_SHARE = 0.05;

/** What a verdict on the target rests on: of a whole run or of one step. */
export interface JudgedLoad {
  /** Orders that fell due: sent or not. */
  readonly offered: number;
  readonly dropped: number;
  /** Those of them that limits of this machine kept back: files, ports, memory, its name server. */
  readonly keptBack: number;
  /** Orders that were stored. */
  readonly served: number;
  /** Latency in ms of stored orders, and of timeouts at the limit. */
  readonly judged: Histogram;
  /** Lateness in ms: how long after they were due orders were started. Empty if it is not known. */
  readonly lateness: Histogram;
  readonly slo: Slo;
  readonly requestTimeoutMs: number;
}

/** One way to count what the generator could not do. */
export interface Bound {
  readonly successRatio: number | null;
  readonly p95Ms: number | null;
  readonly isServed: boolean;
  readonly isFast: boolean;
}

export interface GeneratorShare {
  /** As if the target had served at once all that the generator may have spoiled. */
  readonly best: Bound;
  /** As if it had failed all that was not sent. */
  readonly worst: Bound;
  readonly lateOrders: number;
  /** Share of the orders whose lateness is known, 0 to 1. */
  readonly lateShare: number;
  /** So many orders came late, and in bunches then, that the planned load was not made. */
  readonly isOtherLoad: boolean;
  /** Null where the verdict is the same whatever the generator's share did; else it is open. */
  readonly verdict: 'met' | 'missed' | null;
}

/**
 * How much of a verdict the load generator may be the cause of. Orders are lost to it in two ways:
 *
 * - One that was never sent says nothing of the target, which may have stored it at once, or have failed it. So
 *   the truth about success lies between stored / offered and (stored + not sent) / offered, and that about
 *   latency between not sent orders at 0 and at the timeout.
 * - A generator that is held back starts orders late, and reads their answers late. Only orders that are in
 *   flight meanwhile can be touched, and about as many as were started late are. At best each of them would
 *   have been stored at once: so many failures are forgiven, and so many of the longest latencies. All
 *   others may be too long by what starts were late by, of which the 95th percentile is taken off.
 *
 * What is missed even at best is the target's doing, and what is met even at worst is not in doubt. Where the
 * two differ, the run decides nothing. And where more than a twentieth of all orders came late, they came
 * in bunches, and the target was asked something else than was planned: that decides nothing either. Nor does a
 * latency where this machine's limits kept back as many: those that were sent may have waited for a limit, too.
 * Orders that the target failed are its doing all the same.
 */
export function generatorShare(load: JudgedLoad): GeneratorShare {
  const { offered, dropped, keptBack, served, judged, lateness, slo, requestTimeoutMs } = load;
  const sent = offered - dropped;
  const lateOrders = Math.min(sent, countAbove(lateness, LATE_MS));
  const forgiven = Math.min(sent - served, lateOrders);
  const bound = (stored: number, p95Ms: number | null): Bound => ({
    successRatio: offered === 0 ? null : stored / offered,
    p95Ms,
    isServed: offered > 0 && stored / offered >= slo.successRatio,
    isFast: p95Ms !== null && p95Ms <= slo.p95Ms,
  });
  const best = bound(served + dropped + forgiven, bestP95(load, lateOrders));
  const worst = bound(served, quantile(censor(judged, dropped, requestTimeoutMs), 0.95));
  const isMet = ({ isServed, isFast }: Bound) => isServed && isFast;
  const timed = countOf(lateness);
  const lateShare = timed === 0 || sent === 0 ? 0 : countAbove(lateness, LATE_MS) / timed;
  const isLatencyOpen = best.isServed && keptBack > MAX_SPOILED_SHARE * (sent + keptBack);
  const missed = isMet(best) || isLatencyOpen ? null : 'missed';
  return {
    best,
    worst,
    lateOrders,
    lateShare,
    isOtherLoad: lateShare > MAX_SPOILED_SHARE,
    verdict: isMet(worst) ? 'met' : missed,
  };
}

/** Null without any order. */
function bestP95({ judged, dropped, lateness }: JudgedLoad, lateOrders: number): number | null {
  const count = countOf(judged) + dropped;
  if (count === 0) return null;
  const atOnce = { ...judged, zeroCount: judged.zeroCount + dropped };
  // The longest `lateOrders` latencies at 0 instead: every rank above them moves down by as many.
  const p95Ms = quantile(atOnce, Math.max(0, 0.95 - lateOrders / count)) ?? 0;
  return Math.max(0, p95Ms - (quantile(lateness, 0.95) ?? 0));
}
