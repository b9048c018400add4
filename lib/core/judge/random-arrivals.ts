import { formatMs, formatRate, formatRatio } from '../report/format-figure.ts';
import type { RandomArrivals } from '../report/schema/random-arrivals-schema.ts';
import type { Report } from '../report/schema/report-schema.ts';
import { formatRatioLimit } from '../text/format-limit.ts';
import { erlangB, erlangLoad } from './erlang-b.ts';

/** The rate that an answer names, and how long a call occupies an environment at that rate. */
export interface AnsweredRate {
  readonly ratePerSecond: number;
  readonly durationMs: number;
}

/**
 * What a concurrency limit does to users who arrive at random: with c environments, each occupied for d, Erlang's
 * loss formula gives the share of users who find all of them occupied and are refused. Evenly spaced arrivals
 * hide this up to a rate of c / d. Null if no such limit is known, or no rate met the SLO.
 */
export function randomArrivals(
  { target, load }: Pick<Report, 'target' | 'load'>,
  answered: AnsweredRate | null,
): RandomArrivals | null {
  const concurrency = target.concurrencyLimit;
  if (concurrency === undefined || concurrency === 0 || answered === null) return null;
  const { ratePerSecond, durationMs } = answered;
  const allowed = 1 - load.slo.successRatio;
  if (durationMs === 0 || allowed === 0) return null;
  const seconds = durationMs / 1000;
  const found = {
    concurrency,
    durationMs,
    ratePerSecond,
    refusedRatio: erlangB(ratePerSecond * seconds, concurrency),
    sloRatePerSecond: erlangLoad(allowed, concurrency) / seconds,
    evenRatePerSecond: concurrency / seconds,
  };
  return { ...found, why: sentence(found, load) };
}

function sentence(found: Omit<RandomArrivals, 'why'>, { arrivals, slo }: Report['load']): string {
  const { concurrency, durationMs, ratePerSecond, refusedRatio } = found;
  const limit = `a limit of ${concurrency} concurrent calls of ${formatMs(durationMs)} each`;
  const slow = formatRate(found.sloRatePerSecond);
  if ((arrivals?.kind ?? 'even') === 'even') {
    return `Evenly spaced orders hide this: with ${limit}, ${formatRatio(refusedRatio)} of users who arrive at random are refused at ${formatRate(ratePerSecond)}, and ${formatRatioLimit(1 - slo.successRatio)} or more from ${slow} on (Erlang B).`;
  }
  return `With ${limit}, ${formatRatioLimit(1 - slo.successRatio)} of random arrivals are refused at ${slow} (Erlang B); evenly spaced orders would fit up to ${formatRate(found.evenRatePerSecond)}.`;
}
