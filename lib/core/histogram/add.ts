import { EMPTY_HISTOGRAM, type Histogram } from './histogram.ts';

type Bucket = readonly [index: number, count: number];

/** The histogram of both samples together: exact, associative and commutative. */
export function add(a: Histogram, b: Histogram): Histogram {
  if (a.buckets.length === 0 && a.zeroCount === 0) return b;
  if (b.buckets.length === 0 && b.zeroCount === 0) return a;
  return {
    schema: 6,
    zeroCount: a.zeroCount + b.zeroCount,
    buckets: mergeBuckets(a.buckets, b.buckets),
  };
}

/** The histogram of all samples together; empty for an empty list. */
export function addAll(histograms: Iterable<Histogram>): Histogram {
  let sum = EMPTY_HISTOGRAM;
  for (const histogram of histograms) sum = add(sum, histogram);
  return sum;
}

function mergeBuckets(a: readonly Bucket[], b: readonly Bucket[]): Bucket[] {
  const merged: Bucket[] = [];
  let ai = 0;
  let bi = 0;
  for (;;) {
    const left = a[ai];
    const right = b[bi];
    if (left === undefined && right === undefined) return merged;
    if (right === undefined || (left !== undefined && left[0] < right[0])) {
      merged.push(left as Bucket);
      ai += 1;
    } else if (left === undefined || right[0] < left[0]) {
      merged.push(right);
      bi += 1;
    } else {
      merged.push([left[0], left[1] + right[1]]);
      ai += 1;
      bi += 1;
    }
  }
}
