import { bucketUpperBound } from './bucket-index.ts';
import type { Histogram } from './histogram.ts';

/** Lower bound in ms of the bucket of the smallest observation, or null for an empty histogram. */
export function lowerBoundMs(histogram: Histogram): number | null {
  if (histogram.zeroCount > 0) return 0;
  const lowest = histogram.buckets[0];
  return lowest === undefined ? null : bucketUpperBound(lowest[0] - 1);
}

/** Upper bound in ms of the bucket of the largest observation, or null for an empty histogram. */
export function upperBoundMs(histogram: Histogram): number | null {
  const highest = histogram.buckets[histogram.buckets.length - 1];
  if (highest !== undefined) return bucketUpperBound(highest[0]);
  return histogram.zeroCount > 0 ? 0 : null;
}
