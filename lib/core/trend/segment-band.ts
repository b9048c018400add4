import { mean } from 'simple-statistics';
import { tQuantile } from '../statistics/distributions.ts';
import { fromScale } from './metric-trend.ts';
import { FLOOR_RUNS, nightNoise, type TimedLevel } from './night-noise.ts';
import type { TrendMetric } from './trend-metric.ts';

/**
 * The range in which 95% of a segment's runs are expected, in the unit of the metric; null for fewer than eight.
 * @param levels of the segment's runs, on the scale of `runLevel`, oldest first.
 */
export function segmentBand(
  metric: TrendMetric,
  levels: readonly TimedLevel[],
): { readonly low: number | null; readonly high: number | null } {
  if (levels.length < FLOOR_RUNS.least) return { low: null, high: null };
  const middle = mean(levels.map(({ level }) => level));
  const { se, df } = nightNoise(levels);
  const half = tQuantile(0.975, df) * se;
  const high = fromScale(metric, middle + half);
  return {
    low: fromScale(metric, middle - half),
    high: metric === 'success' ? Math.min(1, high) : high,
  };
}
