import { mean, sampleStandardDeviation } from 'simple-statistics';
import { FLOOR_RUNS } from '../compare-settings.ts';
import { tQuantile } from '../distributions.ts';
import type { TrendMetric } from '../trend-metric.ts';
import { fromScale } from './metric-trend.ts';

/**
 * Where 95 % of runs of a segment are expected, in the unit of the metric; null of fewer than eight.
 * @param levels of its runs, on the scale of `runLevel`.
 */
export function segmentBand(
  metric: TrendMetric,
  levels: number[],
): { readonly low: number | null; readonly high: number | null } {
  const runs = levels.length;
  if (runs < FLOOR_RUNS.least) return { low: null, high: null };
  const middle = mean(levels);
  const half =
    tQuantile(0.975, runs - 1) * sampleStandardDeviation(levels) * Math.sqrt(1 + 1 / runs);
  const high = fromScale(metric, middle + half);
  return {
    low: fromScale(metric, middle - half),
    high: metric === 'success' ? Math.min(1, high) : high,
  };
}
