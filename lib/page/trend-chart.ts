import uPlot from 'uplot';
import { formatMetric } from '../core/render/trend/metric-text.ts';
import type { TrendChartData } from '../core/render/trend/trend-chart-data.ts';
import { axisLook } from './chart-frame.ts';
import { colorOf } from './theme.ts';

/** Draws the chart of every place that has data. The returned function removes them. */
export function drawTrends(charts: Readonly<Record<string, TrendChartData>>): () => void {
  const plots = [...document.querySelectorAll<HTMLElement>('[data-trend]')].flatMap((place) => {
    const data = charts[place.dataset['trend'] ?? ''];
    // A hidden place has no width to draw in.
    return data === undefined || place.clientWidth === 0 ? [] : [drawTrend(place, data)];
  });
  return () => {
    for (const plot of plots) plot.destroy();
  };
}

function drawTrend(place: HTMLElement, data: TrendChartData): uPlot {
  const { metric, runs, values, levels, low, high } = data;
  const text = (value: number | null) => (value === null ? '–' : formatMetric(metric, value));
  const edge: uPlot.Series = { stroke: 'transparent', width: 0, points: { show: false } };
  const options: uPlot.Options = {
    width: Math.max(280, place.clientWidth),
    height: 220,
    cursor: { drag: { x: false, y: false }, y: false },
    scales: { x: { time: false, range: [-0.5, runs.length - 0.5] } },
    axes: [
      {
        ...axisLook(),
        incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
        values: (_, splits) => splits.map((at) => runs[at]?.at.slice(0, 10) ?? ''),
        space: 90,
      },
      { ...axisLook(), size: 70, values: (_, splits) => splits.map((value) => text(value)) },
    ],
    bands: [{ series: [2, 1], fill: colorOf('offered-fill') }],
    series: [
      { label: 'Run', value: (_, at: number | null) => runText(at === null ? null : runs[at]) },
      { ...edge, label: 'Expected from', value: (_, value: number | null) => text(value) },
      { ...edge, label: 'to', value: (_, value: number | null) => text(value) },
      {
        label: 'Level',
        stroke: colorOf('muted'),
        width: 2,
        points: { show: false },
        ...steps(),
        value: (_, value: number | null) => text(value),
      },
      {
        label: metric,
        stroke: colorOf('offered'),
        width: 0,
        paths: () => null,
        points: { show: true, size: 6, fill: colorOf('offered') },
        value: (_, value: number | null) => text(value),
      },
    ],
    hooks: { draw: [(plot) => drawChanges(plot, data)] },
  };
  const at = runs.map((_, position) => position);
  return new uPlot(options, [at, low, high, levels, values] as unknown as uPlot.AlignedData, place);
}

function runText(run: TrendChartData['runs'][number] | null | undefined): string {
  if (!run) return '–';
  return `${run.run}, ${run.at}${run.commit === '' ? '' : `, ${run.commit}`}`;
}

function steps(): Pick<uPlot.Series, 'paths'> {
  const paths = uPlot.paths.stepped?.({ align: 1 });
  return paths === undefined ? {} : { paths };
}

/** Draws a line before the first run of each new level, with that run's commit. */
function drawChanges(plot: uPlot, { changes }: TrendChartData): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
  ctx.textBaseline = 'top';
  for (const { at, isWorse, commit } of changes) {
    const x = Math.round(plot.valToPos(at - 0.5, 'x', true));
    ctx.strokeStyle = colorOf(isWorse ? 'fail' : 'pass');
    ctx.fillStyle = ctx.strokeStyle;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.fillText(commit, x + 4 * devicePixelRatio, bbox.top + 2 * devicePixelRatio);
  }
  ctx.restore();
}
