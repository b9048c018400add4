import { quantile } from '../../histogram/quantile.ts';
import { formatMs } from '../../report/format-figure.ts';
import type { Report } from '../../report/schema/report-schema.ts';
import { formatMsLimit } from '../../text/format-limit.ts';
import { highest, rounded, type TimeChart } from './time-chart.ts';

const PERCENTILES = [
  ['p50', 0.5],
  ['p95', 0.95],
  ['p99', 0.99],
] as const;

/** Percentiles of the latency of stored orders. */
export function latencyChart({ windows, load, latencyMs }: Report): TimeChart {
  const series = PERCENTILES.map(([name, q]) => ({
    name,
    color: name,
    look: 'line' as const,
    values: windows.map(({ success }) => {
      const value = quantile(success, q);
      return value === null ? null : rounded(value);
    }),
    overall: `${formatMs(latencyMs.success[name])} overall`,
    ...(name === 'p95' ? { isMain: true as const } : {}),
  }));
  return {
    id: 'latency',
    title: 'Latency of stored orders',
    note: 'Percentiles on a logarithmic scale, over a heatmap of all stored orders: the stronger the colour of a cell, the larger its share of the window. The dashed line is the p95 SLO.',
    summary: `Highest p95 of a window: ${formatMs(highest(series[1]?.values ?? []))}; SLO: ${formatMsLimit(load.slo.p95Ms)}.`,
    unit: 'ms',
    series,
  };
}
