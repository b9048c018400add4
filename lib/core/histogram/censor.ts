import { add } from './add.ts';
import { bucketIndexOf } from './bucket-index.ts';
import type { Histogram } from './histogram.ts';

/**
 * Adds `count` observations at `limitMs` to a histogram: requests whose true latency is only known to be at least the
 * limit (timeouts).
 *
 * @throws RangeError if `count` is not a whole number of zero and above, or `limitMs` is not finite.
 */
export function censor(histogram: Histogram, count: number, limitMs: number): Histogram {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new RangeError(`A count is a whole number of zero and above, not ${count}.`);
  }
  const index = bucketIndexOf(limitMs);
  if (count === 0) return histogram;
  return add(
    histogram,
    index === null
      ? { schema: 6, zeroCount: count, buckets: [] }
      : { schema: 6, zeroCount: 0, buckets: [[index, count]] },
  );
}
