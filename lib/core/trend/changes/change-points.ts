import { mannWhitney } from './mann-whitney.ts';
import { narrowestOverThreshold, runningSums } from './mean-scan.ts';
import { medianOf, noiseScale, winsorised } from './noise-scale.ts';
import { MIN_SCANNED, scanThreshold } from './scan-threshold.ts';

/** A change of level in a series. */
export interface ChangePoint {
  /** Position of the first value of the new level. */
  readonly at: number;
  /** Median of up to 60 values from that position on. */
  readonly after: number;
  /** `level` minus the median of up to 60 values before. */
  readonly shift: number;
  /** Two-sided p-value of the Mann–Whitney test between both sides. */
  readonly p: number;
}

const MAX_SIDE = 60;
const MAX_P = 0.005;
const NOTABLE_CORRELATION = 0.05;
/** Noise with a higher autocorrelation than this is a drift, which no threshold turns into steps. */
const MAX_CORRELATION = 0.9;

/**
 * The changes of level in a series, in ascending order; none in fewer than 10 values.
 *
 * Outliers are drawn in. The mean is scanned by narrowest-over-threshold on seeded intervals, against a critical
 * value that 5% of series without a change exceed. A change is kept only if both sides differ in rank (p < 0.005)
 * and their medians by `leastShift`.
 *
 * If the residuals have an autocorrelation ρ, the critical value grows by √(1+ρ)/(1−ρ): by √((1+ρ)/(1−ρ)) for the
 * mean of such values, and by 1/√(1−ρ) because the noise is estimated from first differences, which are smaller by
 * √(1−ρ).
 *
 * What this misses, and what it finds in noise: docs/method/trend.md.
 * @param leastShift in the units of the values.
 */
export function changePoints(values: readonly number[], leastShift: number): ChangePoint[] {
  if (values.length < MIN_SCANNED) return [];
  const series = Float64Array.from(values);
  // If nearly all values are equal, there is no noise to measure; a tenth of the least shift is used instead.
  const scale = Math.max(noiseScale(series), leastShift / 10);
  const calm = winsorised(series, scale);
  const sums = runningSums(calm);
  const threshold = scanThreshold(values.length) * scale;
  let found = narrowestOverThreshold(sums, threshold);
  // Only once, from the residuals of the result with the most changes: a missed change looks like correlation.
  const inflation = found.length === 0 ? 1 : inflationOf(calm, sums, found);
  if (inflation > 1) found = narrowestOverThreshold(sums, threshold * inflation);
  return withoutWeak(series, found, leastShift);
}

/** Drops the weakest change until both sides of every remaining one differ. */
function withoutWeak(
  series: Float64Array,
  found: readonly number[],
  leastShift: number,
): ChangePoint[] {
  const kept = found.map((_, index) => judged(series, found, index));
  for (;;) {
    let weakest = -1;
    kept.forEach(({ p, shift }, index) => {
      if (p < MAX_P && Math.abs(shift) >= leastShift) return;
      if (weakest < 0 || p > (kept[weakest] as ChangePoint).p) weakest = index;
    });
    if (weakest < 0) return kept;
    kept.splice(weakest, 1);
    const left = kept.map(({ at }) => at);
    for (const index of [weakest - 1, weakest]) {
      if (index in kept) kept[index] = judged(series, left, index);
    }
  }
}

function judged(series: Float64Array, found: readonly number[], index: number): ChangePoint {
  const at = found[index] as number;
  const start = Math.max(found[index - 1] ?? 0, at - MAX_SIDE);
  const end = Math.min(found[index + 1] ?? series.length, at + MAX_SIDE);
  const [before, from] = [series.slice(start, at), series.slice(at, end)];
  const p = mannWhitney(before, from);
  const after = medianOf(from);
  return { at, after, shift: after - medianOf(before), p };
}

function inflationOf(calm: Float64Array, sums: Float64Array, found: readonly number[]): number {
  const borders = [0, ...found, calm.length];
  let squares = 0;
  let products = 0;
  for (let segment = 0; segment + 1 < borders.length; segment += 1) {
    const from = borders[segment] as number;
    const to = borders[segment + 1] as number;
    const mean = ((sums[to] as number) - (sums[from] as number)) / (to - from);
    let previous = 0;
    for (let i = from; i < to; i += 1) {
      const residual = (calm[i] as number) - mean;
      squares += residual * residual;
      products += residual * previous;
      previous = residual;
    }
  }
  const correlation = squares === 0 ? 0 : Math.min(MAX_CORRELATION, products / squares);
  if (correlation <= NOTABLE_CORRELATION) return 1;
  return Math.sqrt(1 + correlation) / (1 - correlation);
}
