import { bucketIndexOf } from '../../../lib/core/histogram/bucket-index.ts';
import type { Histogram } from '../../../lib/core/histogram/histogram.ts';

/**
 * The histogram of a sample that is known value by value.
 * @throws RangeError for a negative, infinite or NaN value.
 */
export function fromValues(values: Iterable<number>): Histogram {
  const counts = new Map<number, number>();
  let zeroCount = 0;
  for (const value of values) {
    const index = bucketIndexOf(value);
    if (index === null) zeroCount += 1;
    else counts.set(index, (counts.get(index) ?? 0) + 1);
  }
  return { schema: 6, zeroCount, buckets: [...counts].sort(([a], [b]) => a - b) };
}
