import { formatMs, formatRate, formatRatio } from '../../report/format-figure.ts';
import type { TrendMetric } from '../../trend/trend-metric.ts';

/** A value of a metric with its unit. */
export function formatMetric(metric: TrendMetric, value: number): string {
  if (metric === 'success') return formatRatio(value);
  return metric === 'rps' ? formatRate(value) : formatMs(value);
}

/** The change from one level to another with its sign: in percent, or in percentage points for success. */
export function formatChange(metric: TrendMetric, before: number, after: number): string {
  return `${after < before ? '−' : '+'}${formatSize(metric, before, after)}`;
}

/** How large a change is, without its sign: in percent, or in percentage points for success. */
export function formatSize(metric: TrendMetric, before: number, after: number): string {
  const size = Math.abs(metric === 'success' ? after - before : after / before - 1) * 100;
  return metric === 'success' ? `${size.toFixed(2)} points` : `${size.toFixed(1)}%`;
}
