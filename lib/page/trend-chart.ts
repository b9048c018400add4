import uPlot from 'uplot';
import { formatMetric } from '../core/render/trend/metric-text.ts';
import type { TrendChartData } from '../core/render/trend/trend-chart-data.ts';
import { prepareAnnouncer } from './announce.ts';
import { haloText, useChartFont } from './canvas-text.ts';
import { type ChartSpec, drawChart } from './chart-frame.ts';
import { createGroup } from './chart-group.ts';
import { colorOf } from './theme.ts';
import { emptyView } from './view.ts';

const view = emptyView();

/** Draws the chart of every place that has data. The returned function removes them. */
export function drawTrends(charts: Readonly<Record<string, TrendChartData>>): () => void {
  prepareAnnouncer();
  const plots = [...document.querySelectorAll<HTMLElement>('[data-trend]')].flatMap((place) => {
    const id = place.dataset['trend'] ?? '';
    const data = charts[id];
    // A hidden place has no width to draw in.
    if (data === undefined || place.clientWidth === 0) return [];
    const xs = data.runs.map((_, position) => position);
    const full = [-0.5, data.runs.length - 0.5] as const;
    const group = createGroup(id, { full, isLog: false, xs }, view);
    return [drawChart(place, trendSpec(id, data), group, view)];
  });
  return () => {
    for (const plot of plots) plot.destroy();
  };
}

function trendSpec(id: string, data: TrendChartData): ChartSpec {
  const { metric, runs, values, levels, low, high } = data;
  const text = (value: number | null | undefined) =>
    value === null || value === undefined ? '–' : formatMetric(metric, value);
  const edge = { stroke: 'transparent', width: 0, points: { show: false } };
  const expected = (position: number) =>
    (low[position] ?? null) === null ? '–' : `${text(low[position])} to ${text(high[position])}`;
  return {
    id,
    height: 240,
    xs: runs.map((_, position) => position),
    x: { unit: 'count', isLog: false, text: (at) => runs[at]?.at.slice(0, 10) ?? '' },
    y: {
      unit: metric === 'success' ? 'ratio' : 'ms',
      isLog: false,
      range: rangeOf(
        [...values, ...low, ...high],
        metric === 'success' ? 1 : Number.POSITIVE_INFINITY,
      ),
      text,
    },
    lines: [
      {
        name: 'Expected',
        color: 'offered-fill',
        look: 'fill',
        values: low,
        text: expected,
        overall: expected(runs.length - 1),
        series: edge,
      },
      {
        name: 'up to',
        color: 'offered-fill',
        look: 'fill',
        values: high,
        overall: '',
        series: edge,
        isSilent: true,
      },
      {
        name: 'Level',
        color: 'muted',
        look: 'line',
        values: levels,
        overall: text(levels[levels.length - 1]),
        series: steps(),
      },
      {
        name: metric,
        color: 'offered',
        look: 'points',
        values,
        overall: text(values[values.length - 1]),
      },
    ],
    bands: [{ series: [2, 1], fill: colorOf('offered-fill') }],
    headOf: (position) => runText(runs[position]),
    notesOf: (position) =>
      data.changes.filter(({ at }) => at === position).map((change) => change.text),
    keys: [],
    over: (plot) => drawChanges(plot, data),
  };
}

function rangeOf(values: readonly (number | null)[], most: number): readonly [number, number] {
  const known = values.filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const room = (high - low) * 0.1 || Math.abs(high) * 0.1 || 1;
  return [Math.max(0, low - room), Math.min(most, high + room)];
}

function runText(run: TrendChartData['runs'][number] | undefined): string {
  if (run === undefined) return '–';
  return `${run.run}, ${run.at}${run.commit === '' ? '' : `, ${run.commit}`}`;
}

function steps(): Pick<uPlot.Series, 'paths' | 'points'> {
  const paths = uPlot.paths.stepped?.({ align: 1 });
  return { points: { show: false }, ...(paths === undefined ? {} : { paths }) };
}

/** Draws a line before the first run of each new level, with that run's commit. */
function drawChanges(plot: uPlot, { changes }: TrendChartData): void {
  const { ctx, bbox } = plot;
  ctx.save();
  useChartFont(ctx);
  ctx.textBaseline = 'bottom';
  for (const { at, isWorse, commit } of changes) {
    const x = Math.round(plot.valToPos(at - 0.5, 'x', true));
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.fillStyle = colorOf(isWorse ? 'fail' : 'pass');
    const width = 1.5 * devicePixelRatio;
    ctx.fillRect(x, bbox.top, width, bbox.height);
    const isNearEnd = x + ctx.measureText(commit).width > bbox.left + bbox.width;
    ctx.textAlign = isNearEnd ? 'right' : 'left';
    haloText(ctx, commit, isNearEnd ? x + width : x, bbox.top - 4 * devicePixelRatio);
  }
  ctx.restore();
}
