/**
 * A mergeable histogram of positive values, in the layout of a Prometheus native histogram of schema 6: bucket `i`
 * counts the values v with 2^((i-1)/64) < v <= 2^(i/64), so a bucket is 1.09% wide. Immutable; `buckets` is sorted by
 * index and contains no zero count. This is also its JSON form.
 *
 * Source of the layout: https://prometheus.io/docs/specs/native_histograms/#schema
 */
export interface Histogram {
  readonly schema: 6;
  /** Values too small for a bucket (zero, in practice). */
  readonly zeroCount: number;
  /** Pairs of bucket index and count. */
  readonly buckets: readonly (readonly [index: number, count: number])[];
}

/** Buckets per doubling of the value: schema n has 2^n. */
export const BUCKETS_PER_OCTAVE = 64;

export const EMPTY_HISTOGRAM: Histogram = { schema: 6, zeroCount: 0, buckets: [] };
