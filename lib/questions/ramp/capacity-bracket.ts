import type { JudgedStep } from '../../core/report/schema/judged-step-schema.ts';

/** Where capacity lies among judged steps. */
export interface Bracket {
  /** The highest rate that held, or null when none did. */
  readonly good: JudgedStep | null;
  /** The lowest rate above it, which did not hold; null when the highest of all held. */
  readonly bad: JudgedStep | null;
  /** Steps at the rate of `good` or below that did not hold. */
  readonly blips: readonly JudgedStep[];
  /** The highest rate that clearly held and below which every step was ok. */
  readonly clearLow: number | null;
  /** The lowest rate above `good` that clearly did not hold. */
  readonly clearHigh: number | null;
}

/**
 * Brackets capacity between the highest rate that held and the next one above it. A step that failed
 * although its own rate or a higher one held had a temporary cause: it does not end the search, but it
 * widens the interval down to the last rate before it. Steps are sorted by rate.
 */
export function bracketCapacity(steps: readonly JudgedStep[]): Bracket {
  const good = steps.findLast((step) => step.ok) ?? null;
  const goodRate = good?.ratePerSecond ?? 0;
  const failed = steps.filter((step) => !step.ok);
  const above = failed.filter((step) => step.ratePerSecond > goodRate);
  const blips = failed.filter((step) => step.ratePerSecond <= goodRate);
  const firstFailedRate = failed[0]?.ratePerSecond ?? Number.POSITIVE_INFINITY;
  const clearLow = steps.findLast(
    (step) => step.ok && step.clear && step.ratePerSecond < firstFailedRate,
  );
  const clearHigh = above.find((step) => step.clear && step.limit !== 'generator');
  return {
    good,
    bad: above[0] ?? null,
    blips,
    clearLow: clearLow?.ratePerSecond ?? null,
    clearHigh: clearHigh?.ratePerSecond ?? null,
  };
}
