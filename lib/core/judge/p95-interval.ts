import type { Histogram } from '../histogram/histogram.ts';
import { type QuantileInterval, quantileInterval } from './quantile-interval.ts';

/** The p95 of `judged` with its 95% interval: see `quantileInterval`. */
export function p95Interval(
  judged: Histogram,
  windows: readonly Histogram[],
): QuantileInterval | null {
  return quantileInterval(judged, 0.95, windows);
}
