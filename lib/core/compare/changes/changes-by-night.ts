import { mean } from 'simple-statistics';
import type { TimedLevel } from '../night-noise.ts';
import { nightsOf } from '../nights.ts';
import { type ChangePoint, changePoints } from './change-points.ts';

/** A change that is seen again lies at most so many nights from where it was seen before. */
export const SAME_WITHIN_NIGHTS = 5;

/**
 * Where the level of runs changed, `at` being the position of a run. Several runs of a night stand as their
 * mean, since what moves a night moves them all and would look like a step; where all are of one night,
 * each stands for itself.
 * @param runs oldest first; of a series with a confirmed change, those from the last one on.
 * @param leastShift in the units of the levels.
 * @param isRise of the confirmed change that the runs begin with, or null: a find within five nights of it
 * in the same direction is that change again.
 */
export function changesByNight(
  runs: readonly TimedLevel[],
  leastShift: number,
  isRise: boolean | null,
): ChangePoint[] {
  const nights = nightsOf(runs);
  const looked = nights.length === 1 ? runs.map((run) => [run]) : nights;
  const levels = looked.map((night) => mean(night.map(({ level }) => level)));
  return changePoints(levels, leastShift)
    .filter(({ at, shift }) => isRise === null || at > SAME_WITHIN_NIGHTS || shift > 0 !== isRise)
    .map((change) => ({ ...change, at: looked.slice(0, change.at).flat().length }));
}
