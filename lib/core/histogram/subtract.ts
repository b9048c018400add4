import type { Histogram } from './histogram.ts';

/**
 * The observations between two states of one cumulative histogram.
 *
 * @throws RangeError with the name of the bucket if any count of `later` is below that of `earlier`.
 */
export function subtract(later: Histogram, earlier: Histogram): Histogram {
  const buckets: (readonly [number, number])[] = [];
  let position = 0;
  for (const [index, count] of later.buckets) {
    const before = earlier.buckets[position];
    if (before !== undefined && before[0] < index) throw fell(`bucket ${before[0]}`, before[1], 0);
    if (before === undefined || before[0] > index) {
      buckets.push([index, count]);
      continue;
    }
    position += 1;
    if (count < before[1]) throw fell(`bucket ${index}`, before[1], count);
    if (count > before[1]) buckets.push([index, count - before[1]]);
  }
  const missing = earlier.buckets[position];
  if (missing !== undefined) throw fell(`bucket ${missing[0]}`, missing[1], 0);
  if (later.zeroCount < earlier.zeroCount) {
    throw fell('the zero bucket', earlier.zeroCount, later.zeroCount);
  }
  return { schema: 6, zeroCount: later.zeroCount - earlier.zeroCount, buckets };
}

function fell(bucket: string, from: number, to: number): RangeError {
  return new RangeError(`${bucket} fell from ${from} to ${to}`);
}
