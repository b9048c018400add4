import { mean } from 'simple-statistics';
import type { TimedLevel } from '../night-noise.ts';
import { nightsOf } from '../nights.ts';
import { type ChangePoint, changePoints } from './change-points.ts';

/** A change found again lies at most this many nights from where it was found before. */
export const SAME_WITHIN_NIGHTS = 5;

/**
 * Number of consecutive nights after which a change must be found before it counts. Looking after every night gives
 * chance many tries: of series of 90 nights without a change, 12% to 41% showed one in a single look, and 2% to 16%
 * in five consecutive looks, which find the same true changes (studies/trend/trend-validation.ts).
 */
export const LOOKS_TO_CONFIRM = 5;

export interface SeenChange extends ChangePoint {
  /** Consecutive nights after which it was found, including the newest; counted up to `LOOKS_TO_CONFIRM`. */
  readonly looks: number;
}

/**
 * Where the level of the runs seems to have changed; `at` is the position of a run. Several runs of a night are
 * replaced by their mean, because what affects a night affects them all and would look like a step. If all are of
 * one night, each counts on its own.
 * @param runs oldest first; in a series with a confirmed change, those since the last one.
 * @param leastShift in the units of the levels.
 * @param isRise direction of the confirmed change that the runs begin with, or null. A change in the same direction
 * within five nights of it is that change again.
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

/** Whether enough consecutive nights have shown the change. */
export function isLasting({ looks }: SeenChange): boolean {
  return looks === LOOKS_TO_CONFIRM;
}

function isSame(one: ChangePoint, other: ChangePoint): boolean {
  return Math.abs(one.at - other.at) <= SAME_WITHIN_NIGHTS && one.shift > 0 === other.shift > 0;
}
