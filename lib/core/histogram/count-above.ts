import { bucketIndexOf } from './bucket-index.ts';
import type { Histogram } from './histogram.ts';

/** Number of observations in the buckets above the one that holds `limit`. */
export function countAbove({ buckets }: Histogram, limit: number): number {
  const holding = bucketIndexOf(limit) ?? Number.NEGATIVE_INFINITY;
  return buckets.reduce((sum, [index, count]) => (index > holding ? sum + count : sum), 0);
}
