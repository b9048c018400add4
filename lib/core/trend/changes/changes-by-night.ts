import { mean } from 'simple-statistics';
import type { TimedLevel } from '../night-noise.ts';
import { nightsOf } from '../nights.ts';
import { type ChangePoint, changePoints } from './change-points.ts';

/** A change that is seen again lies at most so many nights from where it was seen before. */
export const SAME_WITHIN_NIGHTS = 5;

/**
 * Nights in a row after which a change must be found before it counts. A look after every night gives chance
 * many tries: of 90 nights without a change 12% to 41% showed one to a single look, 2% to 16% to
 * five in a row, and the same changes are found (studies/trend/trend-validation.ts).
 */
export const LOOKS_TO_CONFIRM = 5;

export interface SeenChange extends ChangePoint {
  /** Nights in a row after which it was found, the newest included; not counted beyond `LOOKS_TO_CONFIRM`. */
  readonly looks: number;
}

/**
 * Where the level of runs seems to have changed, `at` being the position of a run. Several runs of a night
 * stand as their mean, since what moves a night moves them all and would look like a step; where all are of
 * one night, each stands for itself.
 * @param runs oldest first; of a series with a confirmed change, those from the last one on.
 * @param leastShift in the units of the levels.
 * @param isRise of the confirmed change that the runs begin with, or null: a find within five nights of it
 * in the same direction is that change again.
 */
export function changesByNight(
  runs: readonly TimedLevel[],
  leastShift: number,
  isRise: boolean | null,
): SeenChange[] {
  const nights = nightsOf(runs);
  const looked = nights.length === 1 ? runs.map((run) => [run]) : nights;
  const levels = looked.map((night) => mean(night.map(({ level }) => level)));
  const found = changePoints(levels, leastShift).filter(
    ({ at, shift }) => isRise === null || at > SAME_WITHIN_NIGHTS || shift > 0 !== isRise,
  );
  if (found.length === 0) return [];
  const earlier = Array.from({ length: LOOKS_TO_CONFIRM - 1 }, (_, nightsAgo) =>
    changePoints(levels.slice(0, -1 - nightsAgo), leastShift),
  );
  return found.map((change) => {
    const firstUnseen = earlier.findIndex((look) => !look.some((other) => isSame(change, other)));
    return {
      ...change,
      at: looked.slice(0, change.at).flat().length,
      looks: firstUnseen < 0 ? LOOKS_TO_CONFIRM : 1 + firstUnseen,
    };
  });
}

/** Whether so many nights have shown it that it counts. */
export function isLasting({ looks }: SeenChange): boolean {
  return looks === LOOKS_TO_CONFIRM;
}

function isSame(one: ChangePoint, other: ChangePoint): boolean {
  return Math.abs(one.at - other.at) <= SAME_WITHIN_NIGHTS && one.shift > 0 === other.shift > 0;
}
