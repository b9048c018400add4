import { BUCKETS_PER_OCTAVE, type Histogram } from '../../histogram/histogram.ts';

/** Histograms over time in common rows of equal logarithmic height, coarse enough to draw. */
export interface Heatmap {
  /** Lower bound in ms of the lowest row. */
  readonly lowMs: number;
  /** Ratio of the upper to the lower bound of every row. */
  readonly rowRatio: number;
  readonly rows: number;
  /** For each histogram its rows that are not empty, as pairs: row number (0 is the lowest) and count. */
  readonly columns: readonly (readonly (readonly [row: number, count: number])[])[];
}

const MAX_ROWS = 40;

/** Null if there is nothing to draw. Values of zero are left out: a logarithmic axis has no place for them. */
export function heatmapOf(histograms: readonly Histogram[]): Heatmap | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { buckets } of histograms) {
    low = Math.min(low, buckets[0]?.[0] ?? low);
    high = Math.max(high, buckets[buckets.length - 1]?.[0] ?? high);
  }
  if (low > high) return null;
  let bucketsPerRow = 2;
  while (rowOf(high, bucketsPerRow) - rowOf(low, bucketsPerRow) >= MAX_ROWS) bucketsPerRow *= 2;
  const lowest = rowOf(low, bucketsPerRow);
  return {
    lowMs: 2 ** ((lowest * bucketsPerRow) / BUCKETS_PER_OCTAVE),
    rowRatio: 2 ** (bucketsPerRow / BUCKETS_PER_OCTAVE),
    rows: rowOf(high, bucketsPerRow) - lowest + 1,
    columns: histograms.map(({ buckets }) => {
      const counts = new Map<number, number>();
      for (const [index, count] of buckets) {
        const row = rowOf(index, bucketsPerRow) - lowest;
        counts.set(row, (counts.get(row) ?? 0) + count);
      }
      return [...counts];
    }),
  };
}

/** Bucket i ends at 2^(i/64), so the row of buckets 1 to n begins at 1. */
function rowOf(index: number, bucketsPerRow: number): number {
  return Math.floor((index - 1) / bucketsPerRow);
}
