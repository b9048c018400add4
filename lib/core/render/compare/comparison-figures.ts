import type { MetricComparison } from '../../compare/comparison.ts';
import { change, levelText } from '../../compare/metric-sentence.ts';
import { formatMs, formatRatio } from '../../report/format-figure.ts';

/** The figures of a metric as short texts; a dash where there is none. */
export function metricFigures(metric: MetricComparison): {
  readonly a: string;
  readonly b: string;
  readonly effect: string;
  readonly interval: string;
  readonly p: string;
  readonly smallest: string;
} {
  const level = (value: number | null) =>
    value === null ? '–' : metric.metric === 'successRatio' ? formatRatio(value) : formatMs(value);
  const changed = (value: number | null) => (value === null ? '–' : change(metric.metric, value));
  return {
    a: level(metric.a),
    b: level(metric.b),
    effect: changed(metric.effect),
    interval: intervalText(metric),
    p: metric.adjustedPValue === null ? '–' : pText(metric.adjustedPValue),
    smallest:
      metric.smallestDetectable === null ? '–' : changed(metric.smallestDetectable).slice(1),
  };
}

/** The interval that decided the verdict, or else the 95% interval. */
function intervalText({ metric, interval, decisive }: MetricComparison): string {
  const shown = decisive ?? (interval && { level: 0.95, interval });
  if (shown === null) return '–';
  const [low, high] = shown.interval.map((value) => change(metric, value));
  return `${low} to ${high} (${levelText(shown.level)})`;
}

function pText(p: number): string {
  return p < 0.001 ? '<0.001' : p.toFixed(3);
}
