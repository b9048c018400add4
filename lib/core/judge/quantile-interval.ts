import { countOf } from '../histogram/count.ts';
import { countAbove } from '../histogram/count-above.ts';
import type { Histogram } from '../histogram/histogram.ts';
import { quantile } from '../histogram/quantile.ts';
import { overdispersion } from '../report/overdispersion.ts';
import { Z_95 } from '../statistics/z-95.ts';

/** A quantile with its interval; `highMs` is null if there are too few orders for an upper end. */
export interface QuantileInterval {
  readonly valueMs: number;
  readonly lowMs: number;
  readonly highMs: number | null;
}

/**
 * The q-quantile (0 < q < 1) with a distribution-free 95% interval: the quantiles at q ± z √(q (1 − q) / n), the
 * normal approximation of the binomial ranks (Conover, Practical Nonparametric Statistics, 3rd edition, section
 * 3.2), with n divided by the overdispersion of slow orders across `windows`. Null without a latency.
 */
export function quantileInterval(
  latency: Histogram,
  q: number,
  windows: readonly Histogram[],
): QuantileInterval | null {
  const valueMs = quantile(latency, q);
  if (valueMs === null) return null;
  const spread = overdispersion(
    windows.map((window) => ({ hits: countAbove(window, valueMs), trials: countOf(window) })),
  );
  const half = Z_95 * Math.sqrt((q * (1 - q) * spread) / countOf(latency));
  return {
    valueMs,
    lowMs: quantile(latency, Math.max(0, q - half)) ?? 0,
    highMs: q + half >= 1 ? null : quantile(latency, q + half),
  };
}
