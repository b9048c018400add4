import { countOf } from './count.ts';
import { BUCKETS_PER_OCTAVE, type Histogram } from './histogram.ts';

/**
 * Mean of the observations, or null for an empty histogram. Each observation counts as the logarithmic midpoint of its
 * bucket, so the mean is off by at most 0.55%.
 */
export function meanOf(histogram: Histogram): number | null {
  const count = countOf(histogram);
  if (count === 0) return null;
  let sum = 0;
  for (const [index, bucketCount] of histogram.buckets) {
    sum += bucketCount * 2 ** ((index - 0.5) / BUCKETS_PER_OCTAVE);
  }
  return sum / count;
}
