/** One remote-write request, decoded: the parts of Prometheus' protocol that k6 uses. */
export interface DecodedPush {
  readonly series: readonly DecodedSeries[];
}

/** A time series of a push. k6 sends one sample or one histogram in each; a histogram may come with a stale marker. */
export interface DecodedSeries {
  /** All labels, including `__name__`. */
  readonly labels: Readonly<Record<string, string>>;
  readonly samples: readonly DecodedSample[];
  readonly histograms: readonly NativeHistogram[];
}

export interface DecodedSample {
  readonly timestampMs: number;
  /** Cumulative for counters. NaN is a stale marker: k6 refuses NaN as the value of a metric. */
  readonly value: number;
}

/**
 * A cumulative native histogram as Prometheus encodes it: spans of buckets, and the difference of each bucket's count
 * from the one before.
 */
export interface NativeHistogram {
  readonly timestampMs: number;
  readonly schema: number;
  readonly count: number;
  readonly zeroCount: number;
  readonly positiveSpans: readonly BucketSpan[];
  readonly positiveDeltas: readonly number[];
  /** Number of spans of negative values; zero for durations. */
  readonly negativeSpanCount: number;
}

export interface BucketSpan {
  /** Buckets skipped since the end of the span before; the first bucket's index for the first span. */
  readonly offset: number;
  readonly length: number;
}
