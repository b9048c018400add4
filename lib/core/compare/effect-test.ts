import { mean, sampleVariance } from 'simple-statistics';
import { fUpperP, tQuantile, tTwoSidedP } from '../statistics/distributions.ts';

/**
 * The effect of B against A, on the scale it was estimated on (difference of logarithms for latencies,
 * difference of rates for success), with what its noise allows to be said.
 */
export interface EffectTest {
  readonly effect: number;
  /** Two-sided chance of such an effect where there is none. */
  readonly pValue: number;
  /** Confidence interval, such as at 0.95. */
  readonly interval: (level: number) => readonly [low: number, high: number];
  readonly se: number;
  readonly df: number;
}

export interface Spread {
  readonly sd: number;
  readonly df: number;
}

/** The test by Student's t for an effect with its standard error. */
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

/** Both tests must agree: the wider interval on each side and the larger p. */
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

/** Repeated runs are noisier than the history when an F test says so at this level. */
const NOISIER_P = 0.01;

export interface GroupsTest {
  readonly test: EffectTest;
  /** The history was not used, because these runs differ more among themselves than those in it. */
  readonly noisierThanHistory: boolean;
}

/**
 * Repeated runs against repeated runs, one level for each run. With a history the spread is pooled over
 * both sides and the history (2N − 2 + K − 1 degrees of freedom for N runs each and K in the history),
 * unless these runs are noisier than those; without one it is Welch's test.
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
