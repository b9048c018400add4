import { add, addAll } from '../histogram/add.ts';
import { countOf } from '../histogram/count.ts';
import type { Histogram } from '../histogram/histogram.ts';
import { OUTCOMES, type Outcome, SUCCESS_OUTCOMES } from '../order/outcome.ts';

/** Latency by outcome, while it is being counted. */
export type LatencyCounts = Map<Outcome, Histogram>;

export function isOutcome(text: string): text is Outcome {
  return (OUTCOMES as readonly string[]).includes(text);
}

export function addLatency(sum: LatencyCounts, outcome: Outcome, latency: Histogram): void {
  const before = sum.get(outcome);
  sum.set(outcome, before === undefined ? latency : add(before, latency));
}

export function addLatencies(sum: LatencyCounts, other: LatencyCounts): void {
  for (const [outcome, latency] of other) addLatency(sum, outcome, latency);
}

/** Orders with any outcome. */
export function resolvedCount(latency: LatencyCounts): number {
  let count = 0;
  for (const histogram of latency.values()) count += countOf(histogram);
  return count;
}

/** Orders that were stored. */
export function servedCount(latency: LatencyCounts): number {
  return SUCCESS_OUTCOMES.reduce((sum, outcome) => {
    const histogram = latency.get(outcome);
    return histogram === undefined ? sum : sum + countOf(histogram);
  }, 0);
}

/** Latency of the orders that the SLO judges during the run: stored ones and timeouts, as measured. */
export function sloLatencyOf(latency: LatencyCounts): Histogram {
  const outcomes: readonly Outcome[] = [...SUCCESS_OUTCOMES, 'timeout'];
  return addAll(outcomes.flatMap((outcome) => latency.get(outcome) ?? []));
}
