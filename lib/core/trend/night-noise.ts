import { mean, sampleVariance } from 'simple-statistics';
import { nightsOf } from './nights.ts';

/** Fewest and most runs of a history that a noise floor is taken from. */
export const FLOOR_RUNS = { least: 8, most: 30 } as const;

/** What one more night is off the mean of the nights before it by chance. */
export interface NightNoise {
  /** Standard error of the difference of a run of another night and the mean. */
  readonly se: number;
  readonly df: number;
}

export interface TimedLevel {
  readonly level: number;
  readonly startedAtMs: number;
}

/**
 * The noise of a run of another night against the mean of these runs. Runs that were started within
 * twelve hours are of one night and may share what moved it, so a history of 8 nights with 3 runs each
 * need not tell as much as 24 runs: the variance is that of the nights plus that within them, by a
 * one-way layout with random effects, and the degrees of freedom are Satterthwaite's. Where every run is
 * of its own night, or all are of one, it is s · √(1 + 1/K) with K − 1.
 *
 * Source: S. R. Searle, G. Casella, C. E. McCulloch, Variance Components, 1992, sections 3.6 and 6.3.
 * @param runs oldest first, at least two.
 */
export function nightNoise(runs: readonly TimedLevel[]): NightNoise {
  const levels = runs.map(({ level }) => level);
  const [count, middle] = [levels.length, mean(levels)];
  const nights = nightsOf(runs).map((night) => night.map(({ level }) => level));
  const plain = {
    se: Math.sqrt(sampleVariance(levels) * (1 + 1 / count)),
    df: count - 1,
  };
  if (nights.length === 1 || nights.length === count) return plain;
  const [dfBetween, dfWithin] = [nights.length - 1, count - nights.length];
  const squares = (night: readonly number[], around: number) =>
    night.reduce((sum, level) => sum + (level - around) ** 2, 0);
  const between =
    nights.reduce((sum, night) => sum + night.length * (mean([...night]) - middle) ** 2, 0) /
    dfBetween;
  const within =
    nights.reduce((sum, night) => sum + squares(night, mean([...night])), 0) / dfWithin;
  // Nights that differ by less than their runs explain show no noise of their own.
  if (between <= within) return plain;
  const runsANight =
    (count - nights.reduce((sum, { length }) => sum + length ** 2, 0) / count) / dfBetween;
  const ofNights = between * (1 / runsANight + 1 / count);
  const ofRuns = within * (1 - 1 / runsANight);
  const variance = ofNights + ofRuns;
  return {
    se: Math.sqrt(variance),
    df: variance ** 2 / (ofNights ** 2 / dfBetween + ofRuns ** 2 / dfWithin),
  };
}
