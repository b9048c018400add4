import { linearRegression, mean, medianSorted, sampleCorrelation, sum } from 'simple-statistics';
import { studentT975 } from '../statistics/student-t.ts';

export interface TrendPoint {
  readonly x: number;
  readonly y: number;
}

/** A line through points that follow each other at equal distances. */
export interface TrendLine {
  readonly slope: number;
  /** 95% interval of the slope. */
  readonly interval: readonly [number, number];
  /** Lag-1 autocorrelation of the residuals, corrected for bias; 0 to 0.95. */
  readonly autocorrelation: number;
}

/** With fewer degrees of freedom the points tell next to nothing, and the quantile would grow without bound. */
const MIN_DEGREES = 3;
const MAX_AUTOCORRELATION = 0.95;

/**
 * Theil–Sen estimator: the median of the N slopes between all pairs of the n points, n at least 10. The ends of its
 * 95% interval are the slopes of these ranks (P. K. Sen, JASA 63 (1968) 1379–1389):
 *
 *   (N ∓ t √Var S) / 2,  Var S = n (n − 1) (2n + 5) / 18 · n / n*
 *
 * n / n* corrects for first-order autocorrelation of the residuals (S. Yue, C. Wang, Water Resources Management 18
 * (2004) 201–218); t has n* − 2 degrees of freedom.
 */
export function theilSen(points: readonly TrendPoint[]): TrendLine {
  const slopes = pairSlopes(points);
  const slope = medianSorted(slopes as unknown as number[]);
  const n = points.length;
  const { autocorrelation, inflation } = dependenceOf(points, slope);
  const variance = ((n * (n - 1) * (2 * n + 5)) / 18) * inflation;
  const reach = studentT975(Math.max(MIN_DEGREES, n / inflation - 2)) * Math.sqrt(variance);
  const at = (rank: number) =>
    slopes[Math.min(slopes.length - 1, Math.max(0, Math.round(rank)))] as number;
  const low = at((slopes.length - reach) / 2 - 1);
  const high = at((slopes.length + reach) / 2);
  return { slope, interval: [low, high], autocorrelation };
}

/**
 * Least-squares line, for ratios: the median of slopes misses losses in fewer than a third of the points.
 * `minVariance` is the variance of the points by chance alone, so that a series without losses does not make a slope
 * of zero certain.
 */
export function leastSquares(points: readonly TrendPoint[], minVariance: number): TrendLine {
  const { m: slope, b } = linearRegression(points.map(({ x, y }) => [x, y]));
  const { autocorrelation, inflation } = dependenceOf(points, slope);
  const n = points.length;
  const squares = sum(points.map(({ x, y }) => (y - b - slope * x) ** 2));
  const middle = mean(points.map(({ x }) => x));
  const spread = sum(points.map(({ x }) => (x - middle) ** 2));
  const variance = (Math.max(minVariance, squares / (n - 2)) * inflation) / spread;
  const half = studentT975(Math.max(MIN_DEGREES, n / inflation - 2)) * Math.sqrt(variance);
  return { slope, interval: [slope - half, slope + half], autocorrelation };
}

function pairSlopes(points: readonly TrendPoint[]): Float64Array {
  const slopes = new Float64Array((points.length * (points.length - 1)) / 2);
  let next = 0;
  points.forEach((later, j) => {
    for (let i = 0; i < j; i += 1) {
      const earlier = points[i] as TrendPoint;
      slopes[next] = (later.y - earlier.y) / (later.x - earlier.x);
      next += 1;
    }
  });
  return slopes.sort();
}

/**
 * The lag-1 autocorrelation ρ of the residuals, and the factor by which it inflates a variance:
 *
 *   n / n* = 1 + 2 Σ (1 − k/n) ρ^k
 *
 * After a slope is removed, the bias of ρ is −(2 + 4ρ) / n (F. H. C. Marriott, J. A. Pope, Biometrika 41 (1954)
 * 390–402).
 */
function dependenceOf(
  points: readonly TrendPoint[],
  slope: number,
): { autocorrelation: number; inflation: number } {
  const n = points.length;
  const residuals = points.map(({ x, y }) => y - slope * x);
  const measured = sampleCorrelation(residuals.slice(1), residuals.slice(0, -1));
  const raw = Number.isFinite(measured) ? measured : 0;
  const corrected = (raw + 2 / n) / (1 - 4 / n);
  const autocorrelation = raw === 0 ? 0 : Math.min(MAX_AUTOCORRELATION, Math.max(0, corrected));
  let inflation = 1;
  for (let k = 1; k < n; k += 1) inflation += 2 * (1 - k / n) * autocorrelation ** k;
  return { autocorrelation, inflation };
}
