import { sampleStandardDeviation } from 'simple-statistics';
import { FLOOR_RUNS } from '../compare-settings.ts';

/** How far apart runs of one series lie, on the scale of `runLevel`. */
export interface NoiseBetweenRuns {
  readonly sd: number;
  readonly runs: number;
}

/**
 * The noise of up to 30 runs at one level; null of fewer than eight.
 * @param levels on the scale of `runLevel`, the newest first.
 */
export function noiseBetweenRuns(levels: readonly number[]): NoiseBetweenRuns | null {
  const used = levels.slice(0, FLOOR_RUNS.most);
  if (used.length < FLOOR_RUNS.least) return null;
  return { sd: sampleStandardDeviation(used), runs: used.length };
}
