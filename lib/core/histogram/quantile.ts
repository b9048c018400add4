import { countOf } from './count.ts';
import { BUCKETS_PER_OCTAVE, type Histogram } from './histogram.ts';

/**
 * The q-quantile (0 ≤ q ≤ 1) in the unit of the values, or null for an empty histogram.
 *
 * Rank convention (nearest rank): the ⌈q·n⌉-th smallest of n observations, the first for q = 0. The bucket that
 * contains this observation is exact. Inside it, c observations are assumed to be at the centres of c equal parts of
 * its logarithmic width, so the result is off by less than one bucket (1.09%). Monotone in q.
 *
 * @throws RangeError if q is outside 0 to 1.
 */
export function quantile(histogram: Histogram, q: number): number | null {
  if (!(q >= 0 && q <= 1)) throw new RangeError(`A quantile is between 0 and 1, not ${q}.`);
  const count = countOf(histogram);
  if (count === 0) return null;
  const rank = rankOf(q, count);
  let below = histogram.zeroCount;
  if (rank <= below) return 0;
  for (const [index, bucketCount] of histogram.buckets) {
    if (rank <= below + bucketCount) {
      const share = (rank - below - 0.5) / bucketCount;
      return 2 ** ((index - 1 + share) / BUCKETS_PER_OCTAVE);
    }
    below += bucketCount;
  }
  throw new RangeError(`Rank ${rank} is beyond the ${count} observations of the histogram.`);
}

/** Nearest rank, 1 to `count`. */
export function rankOf(q: number, count: number): number {
  // 0.07 * 100 is 7.000000000000001, which must not give rank 8.
  return Math.min(count, Math.max(1, Math.ceil(q * count * (1 - 1e-12))));
}
