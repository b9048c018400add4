import type uPlot from 'uplot';
import type { ChartData } from '../core/render/html/chart-data.ts';
import type { Heatmap } from '../core/render/html/heatmap.ts';
import { formatMs } from '../core/report/format-figure.ts';
import { formatMsLimit } from '../core/text/format-limit.ts';
import { axisLook, type ChartSpec, drawLevel } from './chart-frame.ts';
import { colorOf } from './theme.ts';

/** Percentiles as lines over a heatmap of their histograms. */
export function latencyChart(data: ChartData): ChartSpec {
  const { latencyMs, heatmap, sloP95Ms } = data;
  return {
    height: 300,
    scales: { ms: { distr: 3, log: 10, range: () => rangeOf(heatmap, sloP95Ms) } },
    axes: [{ ...axisLook(), scale: 'ms', size: 62, splits: roundSplits, values: msTicks }],
    series: [
      percentile('p50', 'p50', 2),
      percentile('p95', 'p95', 2.5),
      percentile('p99', 'p99', 2),
    ],
    values: [latencyMs.p50, latencyMs.p95, latencyMs.p99],
    under: (plot) => {
      if (heatmap !== null) drawHeatmap(plot, data, heatmap);
    },
    over: (plot) => drawLevel(plot, 'ms', sloP95Ms, `p95 SLO: ${formatMsLimit(sloP95Ms)}`),
  };
}

function percentile(label: string, color: string, width: number): uPlot.Series {
  return {
    label,
    scale: 'ms',
    stroke: colorOf(color),
    width,
    points: { show: false },
    value: (_, value: number | null) => (value === null ? '–' : formatMs(value)),
  };
}

/** All rows of the heatmap and the service level, unless it is so far off that it would flatten the chart. */
function rangeOf(heatmap: Heatmap | null, sloMs: number): [number, number] {
  if (heatmap === null) return [sloMs / 10, sloMs * 2];
  const { lowMs, rowRatio, rows } = heatmap;
  const highMs = lowMs * rowRatio ** rows;
  const top = sloMs < highMs * 30 ? Math.max(highMs, sloMs * 1.25) : highMs;
  return [lowMs / 1.1, top * 1.1];
}

/** 1, 2 and 5 times every power of ten, or only the powers if the others do not fit. */
function roundSplits(_plot: uPlot, _axis: number, min: number, max: number): number[] {
  const steps = max / min > 2000 ? [1] : [1, 2, 5];
  const splits: number[] = [];
  for (let exponent = -3; exponent < 7; exponent += 1) {
    for (const step of steps) {
      const value = Number((step * 10 ** exponent).toPrecision(1));
      if (value >= min && value <= max) splits.push(value);
    }
  }
  return splits;
}

const msTicks: uPlot.Axis.Values = (_, splits) =>
  splits.map((value) => (value >= 1000 ? `${value / 1000} s` : `${value} ms`));

/** Each column is the distribution of its window's stored orders; a square root makes the tail visible. */
function drawHeatmap(plot: uPlot, { atSeconds, windowSeconds }: ChartData, map: Heatmap): void {
  const { ctx } = plot;
  ctx.save();
  ctx.fillStyle = colorOf('heat');
  map.columns.forEach((column, position) => {
    const total = column.reduce((sum, [, count]) => sum + count, 0);
    const middle = atSeconds[position] ?? 0;
    const left = Math.round(plot.valToPos(middle - windowSeconds / 2, 'x', true));
    const right = Math.round(plot.valToPos(middle + windowSeconds / 2, 'x', true));
    for (const [row, count] of column) {
      const low = map.lowMs * map.rowRatio ** row;
      const top = Math.round(plot.valToPos(low * map.rowRatio, 'ms', true));
      const bottom = Math.round(plot.valToPos(low, 'ms', true));
      ctx.globalAlpha = 0.06 + 0.6 * Math.sqrt(count / total);
      ctx.fillRect(left, top, right - left, bottom - top);
    }
  });
  ctx.restore();
}
