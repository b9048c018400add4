import type { Histogram } from './histogram.ts';

/** Number of observations in the histogram. */
export function countOf(histogram: Histogram): number {
  let count = histogram.zeroCount;
  for (const [, bucketCount] of histogram.buckets) count += bucketCount;
  return count;
}
