import { mean, sampleVariance } from 'simple-statistics';
import { nightsOf } from './nights.ts';

/** Fewest and most runs of a history that a noise floor is computed from. */
export const FLOOR_RUNS = { least: 8, most: 30 } as const;

/** How far one more night differs by chance from the mean of the nights before it. */
export interface NightNoise {
  /** Standard error of the difference between a run of another night and the mean. */
  readonly se: number;
  readonly df: number;
}

export interface TimedLevel {
  readonly level: number;
  readonly startedAtMs: number;
}

/**
 * The noise of a run of another night against the mean of these runs. Runs started within twelve hours are of one
 * night and may share its disturbance, so a history of 8 nights with 3 runs each may carry less information than 24
 * independent runs. The variance is that between the nights plus that within them, by a one-way layout with random
 * effects; the degrees of freedom are Satterthwaite's. If every run has its own night, or all share one, this is
 *
 *     se = s · √(1 + 1/K), df = K − 1
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
  // Nights that differ by less than the spread of their runs explains have no noise of their own.
  if (between <= within) return plain;
  const runsANight =
    (count - nights.reduce((sum, { length }) => sum + length ** 2, 0) / count) / dfBetween;
  const nightPart = between * (1 / runsANight + 1 / count);
  const runPart = within * (1 - 1 / runsANight);
  const variance = nightPart + runPart;
  return {
    se: Math.sqrt(variance),
    df: variance ** 2 / (nightPart ** 2 / dfBetween + runPart ** 2 / dfWithin),
  };
}
