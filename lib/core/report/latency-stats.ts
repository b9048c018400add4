import { lowerBoundMs, upperBoundMs } from '../histogram/bounds.ts';
import { countOf } from '../histogram/count.ts';
import { BUCKETS_PER_OCTAVE, type Histogram } from '../histogram/histogram.ts';
import { meanOf } from '../histogram/mean.ts';
import { quantile } from '../histogram/quantile.ts';
import type { ExactStats, LatencyStats } from './schema/latency-schema.ts';

const BUCKET_RATIO = 2 ** (1 / BUCKETS_PER_OCTAVE);

/**
 * Statistics of a histogram of ms. The exact extremes of k6's own summary replace the bounds of the
 * outermost buckets if they lie in those buckets, because then they belong to the same values.
 */
export function latencyStatsOf(histogram: Histogram, exact?: ExactStats): LatencyStats {
  const lower = lowerBoundMs(histogram);
  const upper = upperBoundMs(histogram);
  const exactMin = inBucket(exact?.min, lower, lower === null ? null : lower * BUCKET_RATIO);
  const exactMax = inBucket(exact?.max, upper === null ? null : upper / BUCKET_RATIO, upper);
  const min = exactMin ?? lower;
  const max = exactMax ?? upper;
  const within = (value: number | null) =>
    value === null || min === null || max === null ? value : Math.min(max, Math.max(min, value));
  return {
    count: countOf(histogram),
    mean: within(meanOf(histogram)),
    min,
    p50: within(quantile(histogram, 0.5)),
    p90: within(quantile(histogram, 0.9)),
    p95: within(quantile(histogram, 0.95)),
    p99: within(quantile(histogram, 0.99)),
    p999: within(quantile(histogram, 0.999)),
    max,
    minIsBound: exactMin === null,
    maxIsBound: exactMax === null,
    histogram,
    ...(exact === undefined ? {} : { exact }),
  };
}

function inBucket(
  value: number | undefined,
  low: number | null,
  high: number | null,
): number | null {
  if (value === undefined || low === null || high === null) return null;
  const slack = 1e-9 * high;
  return value >= low - slack && value <= high + slack ? value : null;
}
