import { censor } from '../histogram/censor.ts';
import { countOf } from '../histogram/count.ts';
import { countAbove } from '../histogram/count-above.ts';
import type { Histogram } from '../histogram/histogram.ts';
import { quantile } from '../histogram/quantile.ts';
import type { Slo } from '../load/load-plan.ts';

/** An order that is started more than this after it was due counts as late. */
export const LATE_MS = 25;
/** If a larger share of orders is late, or kept back by this machine, the load was not the planned one. */
const MAX_SPOILED_SHARE = 0.05;

/** The measurements that a verdict on the target rests on, for a whole run or for one step. */
export interface JudgedLoad {
  /** Orders that fell due: sent + dropped. */
  readonly offered: number;
  readonly dropped: number;
  /** Dropped orders that a limit of this machine kept back: files, ports, memory, its name server. */
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

/** The figures under one assumption about what the generator could not do. */
export interface Bound {
  readonly successRatio: number | null;
  readonly p95Ms: number | null;
  readonly isServed: boolean;
  readonly isFast: boolean;
}

export interface GeneratorShare {
  /** Assumes that the target would have stored at once every order that the generator may have spoiled. */
  readonly best: Bound;
  /** Assumes that the target would have failed every dropped order. */
  readonly worst: Bound;
  readonly lateOrders: number;
  /** Late orders / orders whose lateness is known, 0 to 1. */
  readonly lateShare: number;
  /** So many orders were late, and so came in bunches, that the planned load was not made. */
  readonly isOtherLoad: boolean;
  /** Null if the verdict depends on what the generator could not do. */
  readonly verdict: 'met' | 'missed' | null;
}

/**
 * How far the load generator may have influenced a verdict. It spoils orders in two ways:
 *
 * - A dropped order tells nothing about the target, which might have stored it at once or failed it. So true success
 *   lies between stored / offered and (stored + dropped) / offered, and true latency between the two figures that count
 *   dropped orders at 0 and at the timeout.
 * - A generator that is held up starts orders late and reads their responses late. That can only affect orders in
 *   flight at that time, which are about as many as were started late. At best each of them would have been stored at
 *   once, so that many failures are forgiven, and that many of the longest latencies. The other latencies may be too
 *   long by the lateness, so its 95th percentile is subtracted.
 *
 * What is missed even at best is the target's fault, and what is met even at worst is certain. If the two differ, the
 * run decides nothing. If more than a twentieth of all orders were late, they came in bunches, and the target was not
 * given the planned load: the run decides nothing either. Nor does a latency decide anything if this machine's limits
 * kept back as many orders, because those that were sent may have waited for a limit, too. Orders that the target
 * failed remain its fault in any case.
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
