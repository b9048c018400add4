import { mean, sampleStandardDeviation } from 'simple-statistics';
import { changePoints } from './changes/change-points.ts';
import { type ComparedMetric, FLOOR_RUNS } from './compare-settings.ts';
import type { PastRun } from './compared-run.ts';
import { leastShift } from './trend-metric.ts';

/** How far apart runs of the same thing lie: the least noise that any comparison of runs has. */
export interface NoiseFloor {
  readonly mean: number;
  /** Standard deviation of run levels, from run to run. */
  readonly sd: number;
  /** Runs that it is taken from, 8 to 30. */
  readonly runs: number;
}

/** The level of a run in a metric: the logarithm of a latency, or the success rate itself. */
export function levelOf(run: PastRun, metric: ComparedMetric): number | null {
  return metric === 'successRatio' ? run.success.ratio : run.levels[metric];
}

/**
 * The floor of the newest runs since the level last changed; null for fewer than eight of them.
 * @param history oldest first.
 */
export function noiseFloor(history: readonly PastRun[], metric: ComparedMetric): NoiseFloor | null {
  const levels = history.flatMap((run) => levelOf(run, metric) ?? []);
  const shift = leastShift(metric === 'successRatio' ? 'success' : metric);
  const changes = changePoints(levels, shift);
  const since = changes[changes.length - 1]?.at ?? 0;
  const used = levels.slice(since).slice(-FLOOR_RUNS.most);
  if (used.length < FLOOR_RUNS.least) return null;
  return { mean: mean(used), sd: sampleStandardDeviation(used), runs: used.length };
}
