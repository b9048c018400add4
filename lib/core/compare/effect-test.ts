import { mean, sampleVariance } from 'simple-statistics';
import { fUpperP, tQuantile, tTwoSidedP } from '../statistics/distributions.ts';

/**
 * The effect of B relative to A and its statistical error, on the scale it was estimated on: a difference of
 * logarithms for latencies, of ratios for success.
 */
export interface EffectTest {
  readonly effect: number;
  /** Two-sided p-value: the probability of such an effect if there is none. */
  readonly pValue: number;
  /** Confidence interval at a level such as 0.95. */
  readonly interval: (level: number) => readonly [low: number, high: number];
  readonly se: number;
  readonly df: number;
}

export interface Spread {
  readonly sd: number;
  readonly df: number;
}

/** Student's t test of an effect with its standard error. */
export function tTest(effect: number, se: number, df: number): EffectTest {
  return {
    effect,
    se,
    df,
    pValue: effect === 0 ? 1 : tTwoSidedP(effect / se, df),
    interval: (level) => {
      const half = tQuantile((1 + level) / 2, df) * se;
      return [effect - half, effect + half];
    },
  };
}

/** Both tests must agree: the wider interval on each side and the larger p-value. */
export function bothTests(one: EffectTest, other: EffectTest): EffectTest {
  const wider = one.se >= other.se ? one : other;
  return {
    effect: one.effect,
    se: wider.se,
    df: wider.df,
    pValue: Math.max(one.pValue, other.pValue),
    interval: (level) => {
      const [low, high] = one.interval(level);
      const [otherLow, otherHigh] = other.interval(level);
      return [Math.min(low, otherLow), Math.max(high, otherHigh)];
    },
  };
}

/** Level of the F test that decides whether repeated runs are noisier than the history. */
const NOISIER_P = 0.01;

export interface GroupsTest {
  readonly test: EffectTest;
  /** The history was not used, because these runs vary more than those in it. */
  readonly noisierThanHistory: boolean;
}

/**
 * Tests repeated runs against repeated runs, with one level per run. With a history the spread is pooled over
 * both sides and the history (2N − 2 + K − 1 degrees of freedom for N runs per side and K in the history),
 * unless these runs are noisier than the history. Without a history it is Welch's test.
 */
export function groupsTest(
  a: readonly number[],
  b: readonly number[],
  floor: Spread | null,
): GroupsTest {
  const effect = mean([...b]) - mean([...a]);
  const [varianceA, varianceB] = [sampleVariance([...a]), sampleVariance([...b])];
  const ownDf = a.length + b.length - 2;
  const own = ((a.length - 1) * varianceA + (b.length - 1) * varianceB) / ownDf;
  if (floor !== null) {
    const variance = floor.sd ** 2;
    const noisier = fUpperP(own / variance, ownDf, floor.df) < NOISIER_P;
    if (!noisier) {
      const df = ownDf + floor.df;
      const pooled = (ownDf * own + floor.df * variance) / df;
      const se = Math.sqrt(pooled * (1 / a.length + 1 / b.length));
      return { test: tTest(effect, se, df), noisierThanHistory: false };
    }
  }
  const [partA, partB] = [varianceA / a.length, varianceB / b.length];
  const se = Math.sqrt(partA + partB);
  const df =
    se === 0
      ? ownDf
      : (partA + partB) ** 2 / (partA ** 2 / (a.length - 1) + partB ** 2 / (b.length - 1));
  return { test: tTest(effect, se, df), noisierThanHistory: floor !== null };
}
