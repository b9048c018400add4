import { BUCKETS_PER_OCTAVE } from './histogram.ts';

/** Values up to this count as zero, as in k6: (2^-16)^8 is Prometheus' zero threshold 2^-128. */
const ZERO_THRESHOLD_MS = 2 ** -16;

/** Inclusive upper bound of bucket `index`; its exclusive lower bound is the upper bound of `index - 1`. */
export function bucketUpperBound(index: number): number {
  return 2 ** (index / BUCKETS_PER_OCTAVE);
}

/**
 * Index of the bucket that counts `value`, or null for the zero bucket.
 * @throws RangeError for a negative, infinite or NaN value.
 */
export function bucketIndexOf(value: number): number | null {
  if (!(value >= 0) || value === Infinity) {
    throw new RangeError(`A histogram holds finite values of zero and above, not ${value}.`);
  }
  if (value <= ZERO_THRESHOLD_MS) return null;
  const index = Math.ceil(Math.log2(value) * BUCKETS_PER_OCTAVE);
  // The logarithm of a value at a bucket's bound may be off by one unit in the last place.
  if (value > bucketUpperBound(index)) return index + 1;
  if (value <= bucketUpperBound(index - 1)) return index - 1;
  return index;
}
