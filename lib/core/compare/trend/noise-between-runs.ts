import { FLOOR_RUNS } from '../compare-settings.ts';
import { nightNoise, type TimedLevel } from '../night-noise.ts';

/** How far apart runs of one series lie, on the scale of `runLevel`. */
export interface NoiseBetweenRuns {
  readonly sd: number;
  /** Degrees of freedom of the standard deviation; fewer than runs less one where nights have several. */
  readonly df: number;
}

/**
 * The noise of up to 30 runs at one level; null of fewer than eight.
 * @param levels on the scale of `runLevel`, oldest first; the last of them count.
 */
export function noiseBetweenRuns(levels: readonly TimedLevel[]): NoiseBetweenRuns | null {
  const used = levels.slice(-FLOOR_RUNS.most);
  if (used.length < FLOOR_RUNS.least) return null;
  const { se, df } = nightNoise(used);
  return { sd: se / Math.sqrt(1 + 1 / used.length), df };
}
