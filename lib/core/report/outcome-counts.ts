import { countOf } from '../histogram/count.ts';
import type { Histogram } from '../histogram/histogram.ts';
import { OUTCOMES, type Outcome, SUCCESS_OUTCOMES } from '../order/outcome.ts';
import type { OutcomeCounts } from './schema/latency-schema.ts';

/** Builds a record with a value for each outcome. */
export function forEachOutcome<T>(pick: (outcome: Outcome) => T): Record<Outcome, T> {
  return Object.fromEntries(OUTCOMES.map((outcome) => [outcome, pick(outcome)])) as Record<
    Outcome,
    T
  >;
}

export function outcomeCountsOf(
  latencyByOutcome: Readonly<Partial<Record<Outcome, Histogram>>>,
): OutcomeCounts {
  return forEachOutcome((outcome) => {
    const histogram = latencyByOutcome[outcome];
    return histogram === undefined ? 0 : countOf(histogram);
  });
}

export function addOutcomeCounts(all: readonly OutcomeCounts[]): OutcomeCounts {
  return forEachOutcome((outcome) => all.reduce((sum, counts) => sum + counts[outcome], 0));
}

/** Orders that have an outcome. */
export function resolvedOf(counts: OutcomeCounts): number {
  return OUTCOMES.reduce((sum, outcome) => sum + counts[outcome], 0);
}

/** Orders that were stored: created and duplicate. */
export function servedOf(counts: OutcomeCounts): number {
  return SUCCESS_OUTCOMES.reduce((sum, outcome) => sum + counts[outcome], 0);
}
