import { countOf } from '../histogram/count.ts';
import type { Histogram } from '../histogram/histogram.ts';
import type { NativeHistogram } from './decoded-push.ts';

/** The only schema that k6 sends: 8 buckets per doubling. */
const K6_SCHEMA = 3;

/**
 * Converts the native histogram of the eighth powers of durations in ms into the histogram of the durations: bucket i
 * of schema 3 counts 2^((i-1)/8) < v^8 <= 2^(i/8), which is 2^((i-1)/64) < v <= 2^(i/64), bucket i of schema 6.
 *
 * @throws RangeError if it is not such a histogram or its counts do not add up.
 */
export function pow8ToHistogram(native: NativeHistogram): Histogram {
  if (native.schema !== K6_SCHEMA) {
    throw new RangeError(
      `expected a native histogram of schema ${K6_SCHEMA}, not ${native.schema}`,
    );
  }
  if (native.negativeSpanCount > 0) throw new RangeError('a duration was negative');
  const buckets: (readonly [number, number])[] = [];
  let index = 0;
  let count = 0;
  let position = 0;
  for (const span of native.positiveSpans) {
    index += span.offset;
    for (let end = index + span.length; index < end; index += 1) {
      const delta = native.positiveDeltas[position];
      if (delta === undefined) throw new RangeError('a histogram has fewer counts than buckets');
      position += 1;
      count += delta;
      if (count < 0) throw new RangeError(`bucket ${index} has the negative count ${count}`);
      if (count > 0) buckets.push([index, count]);
    }
  }
  const histogram: Histogram = { schema: 6, zeroCount: native.zeroCount, buckets };
  const total = countOf(histogram);
  if (total !== native.count) {
    throw new RangeError(`a histogram of ${native.count} observations has ${total} in its buckets`);
  }
  return histogram;
}
