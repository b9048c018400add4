import { formatMs, formatRate, formatRatio } from '../../report/format-figure.ts';
import type { TrendMetric } from '../../trend/trend-metric.ts';

/** A value of a metric with its unit. */
export function formatMetric(metric: TrendMetric, value: number): string {
  if (metric === 'success') return formatRatio(value);
  return metric === 'rps' ? formatRate(value) : formatMs(value);
}

/** The change from one level to another: in percent, or in percentage points for success. */
export function formatChange(metric: TrendMetric, before: number, after: number): string {
  const sign = after < before ? '−' : '+';
  const size = Math.abs(metric === 'success' ? after - before : after / before - 1) * 100;
  const digits = metric === 'success' ? 2 : 1;
  return `${sign}${size.toFixed(digits)}${metric === 'success' ? ' points' : '%'}`;
}
