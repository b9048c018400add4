import { countOf } from '../histogram/count.ts';
import { countAbove } from '../histogram/count-above.ts';
import type { Histogram } from '../histogram/histogram.ts';
import { quantile } from '../histogram/quantile.ts';
import { overdispersion } from '../report/overdispersion.ts';
import { Z_95 } from '../statistics/z-95.ts';

/** A p95 with its interval; `highMs` is null if there are too few orders for an upper end. */
export interface P95 {
  readonly valueMs: number;
  readonly lowMs: number;
  readonly highMs: number | null;
}

const Q = 0.95;

/**
 * The p95 of `judged` with a distribution-free 95% interval: the quantiles at Q ± z √(Q (1 − Q) / n),
 * the normal approximation of the binomial ranks (Conover, Practical Nonparametric Statistics, 3rd
 * edition, section 3.2), with n divided by the overdispersion of slow orders across `windows`. Null
 * without a latency.
 */
export function p95Interval(judged: Histogram, windows: readonly Histogram[]): P95 | null {
  const valueMs = quantile(judged, Q);
  if (valueMs === null) return null;
  const spread = overdispersion(
    windows.map((window) => ({ hits: countAbove(window, valueMs), trials: countOf(window) })),
  );
  const half = Z_95 * Math.sqrt((Q * (1 - Q) * spread) / countOf(judged));
  return {
    valueMs,
    lowMs: quantile(judged, Math.max(0, Q - half)) ?? 0,
    highMs: Q + half >= 1 ? null : quantile(judged, Q + half),
  };
}
