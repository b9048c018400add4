import { formatMs, formatRate, formatRatio } from '../report/format-figure.ts';
import type { RandomArrivals } from '../report/schema/random-arrivals-schema.ts';
import type { Report } from '../report/schema/report-schema.ts';
import { erlangB, erlangLoad } from './erlang-b.ts';

/** The rate that an answer names, and how long a call occupies its place there. */
export interface AnsweredRate {
  readonly ratePerSecond: number;
  readonly durationMs: number;
}

/**
 * What a limit on concurrency does to users who arrive at random: with c places, each taken for d, Erlang's
 * loss formula gives the share that finds all of them taken, and is refused. Evenly spaced arrivals hide
 * that up to c / d. Null where no such limit is known, or nothing held.
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
  const limit = `${concurrency} calls at once of ${formatMs(durationMs)} each`;
  const slow = formatRate(found.sloRatePerSecond);
  if ((arrivals?.kind ?? 'even') === 'even') {
    return `Evenly spaced orders hide this: with ${limit}, ${formatRatio(refusedRatio)} of users who arrive at random are refused at ${formatRate(ratePerSecond)}, and ${formatRatio(1 - slo.successRatio)} from ${slow} on (Erlang B).`;
  }
  return `With ${limit}, Erlang B expects ${formatRatio(1 - slo.successRatio)} of random arrivals to be refused at ${slow}; evenly spaced ones would fit up to ${formatRate(found.evenRatePerSecond)}.`;
}
