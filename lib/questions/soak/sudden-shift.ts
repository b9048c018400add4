import { median } from 'simple-statistics';
import type { TrendLine, TrendPoint } from '../../core/judge/trend-line.ts';

/** Share of the points, at the end, that is compared with the others. */
const TAIL = 1 / 5;
const MAD_TO_SD = 1.4826;
/** Standard error of a median / standard error of a mean, for normal values. */
const MEDIAN_COST = 1.2533;

/**
 * A change near the end that a robust line ignores, in words, or null. It is one if the medians of the last fifth
 * and of the rest, both corrected for the slope, lie further apart than three standard errors plus `allowedRatio` of
 * the level.
 */
export function suddenShift(
  points: readonly TrendPoint[],
  { slope, autocorrelation }: TrendLine,
  level: number,
  allowedRatio: number,
): string | null {
  const residuals = points.map(({ x, y }) => y - level - slope * x);
  const cut = Math.floor(points.length * (1 - TAIL));
  const rest = median(residuals.slice(0, cut));
  const deviations = residuals.slice(0, cut).map((value) => Math.abs(value - rest));
  const tail = residuals.slice(cut);
  const sd = MAD_TO_SD * median(deviations);
  // Neighbours that resemble each other count as fewer points; the share that the shift itself adds is capped.
  const resemblance = Math.min(autocorrelation, 0.6);
  const inflation = (1 + resemblance) / (1 - resemblance);
  const error =
    MEDIAN_COST * sd * Math.sqrt(inflation * (1 / tail.length + 1 / (points.length - tail.length)));
  const shift = median(tail) - rest;
  if (Math.abs(shift) <= 3 * error + allowedRatio * level) return null;
  const percent = (Math.abs(shift) / level) * 100;
  return `the last fifth of the run lies ${percent.toFixed(1)}% ${shift > 0 ? 'above' : 'below'} the trend of the rest, a sudden change that no slope describes`;
}
