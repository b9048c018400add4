import { bucketIndexOf } from './bucket-index.ts';
import type { Histogram } from './histogram.ts';

/** Number of observations in the buckets above the one that contains `limit`. */
export function countAbove({ buckets }: Histogram, limit: number): number {
  const limitIndex = bucketIndexOf(limit) ?? Number.NEGATIVE_INFINITY;
  return buckets.reduce((sum, [index, count]) => (index > limitIndex ? sum + count : sum), 0);
}
