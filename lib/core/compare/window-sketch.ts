import type { Histogram } from '../histogram/histogram.ts';
import { BUCKETS_PER_OCTAVE } from '../histogram/histogram.ts';

/** The histograms of a run's windows as one matrix, which is fast to resample. */
export interface WindowSketch {
  readonly windows: number;
  /** Index of the histogram bucket of column 0. */
  readonly firstIndex: number;
  readonly bins: number;
  /** The counts, one window after the other. Observations of zero count in column 0. */
  readonly counts: Float64Array;
}

/** The sketch of a run's windows; those without observations are left out. */
export function sketchOf(histograms: readonly Histogram[]): WindowSketch {
  const filled = histograms.filter(({ zeroCount, buckets }) => zeroCount > 0 || buckets.length > 0);
  const lowest = filled.flatMap(({ buckets }) => buckets[0]?.[0] ?? []);
  const highest = filled.flatMap(({ buckets }) => buckets[buckets.length - 1]?.[0] ?? []);
  const firstIndex = lowest.length === 0 ? 0 : Math.min(...lowest);
  const bins = lowest.length === 0 ? 1 : Math.max(...highest) - firstIndex + 1;
  const counts = new Float64Array(filled.length * bins);
  filled.forEach(({ zeroCount, buckets }, row) => {
    counts[row * bins] = zeroCount;
    for (const [index, count] of buckets) {
      const cell = row * bins + index - firstIndex;
      counts[cell] = (counts[cell] as number) + count;
    }
  });
  return { windows: filled.length, firstIndex, bins, counts };
}

/** Natural logarithm of the value at position `at` of the columns; 3.5 is the middle of the fourth. */
export function logValueAt({ firstIndex }: WindowSketch, at: number): number {
  return ((firstIndex - 1 + at) / BUCKETS_PER_OCTAVE) * Math.LN2;
}

/** Counts of all windows combined, by column. */
export function pooledCounts({ windows, bins, counts }: WindowSketch): Float64Array {
  const pooled = new Float64Array(bins);
  for (let row = 0; row < windows; row++) {
    const from = row * bins;
    for (let bin = 0; bin < bins; bin++) {
      pooled[bin] = (pooled[bin] as number) + (counts[from + bin] as number);
    }
  }
  return pooled;
}

/** Natural logarithm of the q-quantile of all windows combined, interpolated within its bucket. */
export function pooledLogQuantile(sketch: WindowSketch, pooled: Float64Array, q: number): number {
  let total = 0;
  for (const count of pooled) total += count;
  const target = q * total;
  let below = 0;
  for (let bin = 0; bin < pooled.length; bin++) {
    const count = pooled[bin] as number;
    if (below + count >= target && count > 0) {
      return logValueAt(sketch, bin + (target - below) / count);
    }
    below += count;
  }
  return logValueAt(sketch, pooled.length);
}
