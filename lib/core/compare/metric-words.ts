import { formatMs, formatRatio, groupDigits } from '../report/format-figure.ts';
import { listText } from '../text/list-text.ts';
import type { ComparedMetric } from './compare-settings.ts';
import type { MetricComparison } from './comparison.ts';

/** A tenfold change is an increase of 900%. */
const TENFOLD = 9;

export function metricName(metric: ComparedMetric): string {
  return metric === 'successRatio' ? 'success' : metric;
}

/** A confidence level such as `95%` or `98.75%`. */
export function levelText(level: number): string {
  return `${Number((level * 100).toFixed(2))}%`;
}

/** `+4.2%` for a latency, `−0.30 points` for success; without a sign if it is zero when rounded. */
export function change(metric: ComparedMetric, effect: number): string {
  const shown = size(metric, Math.abs(effect));
  if (Number.parseFloat(shown) === 0) return shown;
  return `${effect < 0 ? '−' : '+'}${shown}`;
}

/** A change without its sign. */
export function size(metric: ComparedMetric, effect: number): string {
  if (metric === 'successRatio') return `${(effect * 100).toFixed(2)} points`;
  return effect < TENFOLD ? `${(effect * 100).toFixed(1)}%` : `${groupDigits(effect * 100)}%`;
}

/** An interval of a change; its unit is said once: `−0.30 to +0.10 points`. */
export function changeInterval(
  metric: ComparedMetric,
  [low, high]: readonly [number, number],
): string {
  return `${change(metric, low).replace(' points', '')} to ${change(metric, high)}`;
}

/** The level of a side: a latency or a share; a dash where there is none. */
export function level(metric: ComparedMetric, value: number | null): string {
  if (value === null) return '–';
  return metric === 'successRatio' ? formatRatio(value) : formatMs(value);
}

/** `p50, p95 and success`. */
export function metricList(metrics: readonly Pick<MetricComparison, 'metric'>[]): string {
  return listText(metrics.map(({ metric }) => metricName(metric)));
}

/** Whether not even a tenfold change of a latency would be found. */
export function hidesTenfold({
  metric,
  smallestDetectable,
}: Pick<MetricComparison, 'metric' | 'smallestDetectable'>): boolean {
  return metric !== 'successRatio' && smallestDetectable !== null && smallestDetectable >= TENFOLD;
}
