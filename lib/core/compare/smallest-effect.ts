import { tQuantile } from '../statistics/distributions.ts';

const POWER = 0.8;
const MOST_RUNS = 200;

/** How the standard error and its degrees of freedom depend on the number n of runs (or rounds). */
export interface Design {
  readonly least: number;
  readonly seOf: (n: number) => number;
  readonly dfOf: (n: number) => number;
}

/** Effect that a two-sided test at `alpha` detects with a probability of 80%. */
export function smallestEffect(se: number, df: number, alpha: number): number {
  return (tQuantile(1 - alpha / 2, df) + tQuantile(POWER, df)) * se;
}

export interface Goal {
  /** The effect estimated so far, assumed to stay as it is. */
  readonly effect: number;
  readonly minEffect: number;
  readonly tolerance: number;
  /** Level of the test, after the correction for several metrics. */
  readonly alpha: number;
}

/**
 * The smallest n that would settle it with a probability of about 80% if the effect stayed as it is: either the
 * effect is detected, or it is shown to lie within the tolerance. Null above 200.
 */
export function runsNeeded(design: Design, goal: Goal): number | null {
  const size = Math.abs(goal.effect);
  for (let n = design.least; n <= MOST_RUNS; n++) {
    const [se, df] = [design.seOf(n), design.dfOf(n)];
    const isDetected = size >= goal.minEffect && smallestEffect(se, df, goal.alpha) <= size;
    const shown =
      size + (tQuantile(0.95, df) + tQuantile(POWER, df)) * se <= goal.tolerance &&
      size < goal.minEffect;
    if (isDetected || shown) return n;
  }
  return null;
}
