/** Minimum number of values on either side of a change. */
export const MIN_SEGMENT = 3;
/** Factor by which the intervals of each layer are shorter than those of the layer before. */
const DECAY = Math.SQRT1_2;

/** Intervals as pairs [from, to) in one array, the shortest first. */
type Intervals = Int32Array;

let known: { readonly count: number; readonly intervals: Intervals } | null = null;

/**
 * Seeded intervals over `count` values: layers of evenly shifted intervals of decreasing length.
 *
 * Source: S. Kovács, H. Li, P. Bühlmann, A. Munk, Seeded binary segmentation, Biometrika 110 (2023),
 * definition 1, with decay 1/√2.
 */
function seededIntervals(count: number): Intervals {
  if (known?.count === count) return known.intervals;
  const pairs: number[] = [];
  for (let layer = 0, length = count; length >= 2 * MIN_SEGMENT; layer += 1) {
    const width = Math.ceil(length);
    const many = 2 * Math.ceil(DECAY ** -layer) - 1;
    const shift = many === 1 ? 0 : (count - width) / (many - 1);
    for (let position = 0; position < many; position += 1) {
      const from = Math.floor(position * shift + 1e-9);
      pairs.push(from, Math.min(count, from + width));
    }
    length = count * DECAY ** (layer + 1);
  }
  const order = Array.from({ length: pairs.length / 2 }, (_, i) => 2 * i);
  const lengthAt = (at: number) => (pairs[at + 1] as number) - (pairs[at] as number);
  order.sort((a, b) => lengthAt(a) - lengthAt(b));
  const intervals = Int32Array.from(
    order.flatMap((at) => [pairs[at] as number, pairs[at + 1] as number]),
  );
  known = { count, intervals };
  return intervals;
}

/** The sums of the first 0, 1, 2 … values. */
export function runningSums(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i += 1) {
    sums[i + 1] = (sums[i] as number) + (values[i] as number);
  }
  return sums;
}

/** Where the mean of [from, to) changes most, and by how much, in the unit of the values. */
export interface Split {
  /** First value of the right side. */
  readonly at: number;
  /** |difference of the means| × √(n₁ n₂ / (n₁ + n₂)). */
  readonly height: number;
}

export function highestSplit(sums: Float64Array, from: number, to: number): Split {
  const first = sums[from] as number;
  const last = sums[to] as number;
  const count = to - from;
  let at = from + MIN_SEGMENT;
  let highest = -1;
  for (let i = from + MIN_SEGMENT; i <= to - MIN_SEGMENT; i += 1) {
    const left = i - from;
    const right = to - i;
    // The usual contrast n₁ n₂ / n (mean₂ − mean₁)², without a division per side.
    const excess = (sums[i] as number) - first - (left * (last - first)) / count;
    const squared = (excess * excess * count) / (left * right);
    if (squared > highest) {
      highest = squared;
      at = i;
    }
  }
  return { at, height: Math.sqrt(Math.max(0, highest)) };
}

/** Highest split over all seeded intervals. Critical values are quantiles of it. */
export function highestOfAll(sums: Float64Array): number {
  const intervals = seededIntervals(sums.length - 1);
  let highest = 0;
  for (let i = 0; i < intervals.length; i += 2) {
    const { height } = highestSplit(sums, intervals[i] as number, intervals[i + 1] as number);
    if (height > highest) highest = height;
  }
  return highest;
}

/**
 * Changes of the mean by narrowest-over-threshold. Of all intervals whose split exceeds the threshold, the narrowest
 * gives a change, and all intervals that contain this change are excluded. Finally each change moves to the highest
 * split between its neighbours.
 *
 * Source: R. Baranowski, Y. Chen, P. Fryzlewicz, Narrowest-over-threshold detection of multiple change
 * points, JRSS B 81 (2019).
 * @param threshold in the unit of the values.
 * @returns positions of the first value of each new level, ascending.
 */
export function narrowestOverThreshold(sums: Float64Array, threshold: number): number[] {
  const count = sums.length - 1;
  const intervals = seededIntervals(count);
  const found: number[] = [];
  for (let i = 0; i < intervals.length; i += 2) {
    const from = intervals[i] as number;
    const to = intervals[i + 1] as number;
    if (found.some((at) => from < at && at < to)) continue;
    const { at, height } = highestSplit(sums, from, to);
    // Two changes are never nearer to each other than the shortest segment.
    if (height > threshold && found.every((other) => Math.abs(other - at) >= MIN_SEGMENT)) {
      found.push(at);
    }
  }
  return refined(
    sums,
    found.sort((a, b) => a - b),
  );
}

/** The changes, each moved to the highest split between its neighbours. */
export function refined(sums: Float64Array, found: readonly number[]): number[] {
  const moved = [...found];
  for (let i = 0; i < moved.length; i += 1) {
    const from = moved[i - 1] ?? 0;
    const to = moved[i + 1] ?? sums.length - 1;
    if (to - from >= 2 * MIN_SEGMENT) moved[i] = highestSplit(sums, from, to).at;
  }
  return moved;
}
