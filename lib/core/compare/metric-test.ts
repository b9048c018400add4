import type { WhyInconclusive } from './comparison.ts';
import type { EffectTest } from './effect-test.ts';
import type { Design } from './smallest-effect.ts';

/** The test of a metric of both sides, as far as it can be tested. */
export interface MetricTest {
  /** Levels of the sides, as logarithms for latencies; null if a side has none. */
  readonly a: number | null;
  readonly b: number | null;
  /** The effect and its error; if `why` is set, not enough for a verdict. */
  readonly test: EffectTest | null;
  /** Why there can be no verdict. */
  readonly why: WhyInconclusive | null;
  /** How more runs would help; null if they would not, or the noise from run to run is not known. */
  readonly design: Design | null;
  readonly noisierThanHistory: boolean;
  /** Number of runs in the history that the test used. */
  readonly historyRuns: number;
}

/** A metric that is not judged. The noise known so far, in `test` and `design`, tells what would settle it. */
export function untested(
  a: number | null,
  b: number | null,
  why: WhyInconclusive,
  test: EffectTest | null = null,
  design: Design | null = null,
): MetricTest {
  return { a, b, test, why, design, noisierThanHistory: false, historyRuns: 0 };
}
