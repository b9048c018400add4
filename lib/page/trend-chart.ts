import uPlot from 'uplot';
import type { ChartRun, TrendChartData } from '../core/render/trend/trend-chart-data.ts';
import { reportHref } from '../core/summary/results/run-columns.ts';
import { formatMetric } from '../core/summary/trend/metric-text.ts';
import { dayText, minuteText } from '../core/text/day-text.ts';
import { haloText, useChartFont } from './canvas-text.ts';
import { type ChartSpec, drawChart } from './chart-frame.ts';
import type { ChartGroup } from './chart-group.ts';
import { colorOf } from './theme.ts';
import type { View } from './view.ts';

/** The x axis that the charts of a series share: its runs, oldest first. */
export interface RunAxis {
  readonly group: ChartGroup;
  /** Where a run is on the axis, by its position in the runs of the page. */
  readonly xOf: (position: number) => number;
  readonly runAt: (x: number) => ChartRun | undefined;
}

/** A pointer that moved further than this many CSS pixels dragged, and did not click. */
const CLICK_PX = 4;

/**
 * Draws the chart of one metric: runs as dots, levels as steps with the range expected around them, and changes of
 * level. A click on a run opens its report; so does Enter, after the arrow keys. The returned function removes it.
 */
export function drawTrend(
  place: HTMLElement,
  data: TrendChartData,
  axis: RunAxis,
  view: View,
): () => void {
  const spec = trendSpec(place.dataset['trend'] ?? '', data, axis);
  const plot = drawChart(place, spec, axis.group, view);
  const open = (): void => {
    const position = plot.cursor.idx;
    const run = position == null ? undefined : axis.runAt(spec.xs[position] as number);
    const href = run === undefined ? null : reportHref(run);
    if (href !== null) location.assign(href);
  };
  let pressedAt = 0;
  plot.over.addEventListener('mousedown', ({ clientX }) => {
    pressedAt = clientX;
  });
  plot.over.addEventListener('click', ({ clientX }) => {
    if (Math.abs(clientX - pressedAt) <= CLICK_PX) open();
  });
  const onKey = ({ key, target }: KeyboardEvent): void => {
    if (key === 'Enter' && target === place) open();
  };
  place.addEventListener('keydown', onKey);
  return () => {
    place.removeEventListener('keydown', onKey);
    plot.destroy();
  };
}

function trendSpec(id: string, data: TrendChartData, { xOf, runAt }: RunAxis): ChartSpec {
  const { metric, values, segments, changes } = data;
  const text = (value: number) => formatMetric(metric, value);
  const of = (key: 'level' | 'low' | 'high') =>
    segments.flatMap((segment) =>
      Array.from({ length: segment.to - segment.from }, () => segment[key]),
    );
  const [levels, low, high] = [of('level'), of('low'), of('high')];
  const expected = (position: number) => {
    const [from, to] = [low[position] ?? null, high[position] ?? null];
    return from === null || to === null ? '–' : `${text(from)} to ${text(to)}`;
  };
  const known = (value: number | null | undefined) => (value == null ? '–' : text(value));
  const last = values.length - 1;
  const edge = { stroke: 'transparent', width: 0, points: { show: false } };
  const band = { color: 'offered-fill', look: 'fill', series: edge } as const;
  const xs = data.runs.map(xOf);
  return {
    id,
    height: 240,
    xs,
    x: { unit: 'count', isLog: false, text: (x) => dayOf(runAt(x)) },
    y: { unit: metric === 'success' ? 'ratio' : 'ms', isLog: false, range: rangeOf(data), text },
    lines: [
      { ...band, name: 'Expected', values: low, text: expected, overall: expected(last) },
      { ...band, name: 'up to', values: high, overall: '', isSilent: true },
      {
        name: 'Level',
        color: 'muted',
        look: 'line',
        values: levels,
        text: (position) => known(levels[position]),
        overall: known(levels[last]),
        series: steps(),
      },
      {
        name: metric,
        color: 'offered',
        look: 'dots',
        values,
        text: (position) => known(values[position]),
        overall: known(values[last]),
      },
    ],
    hasNames: data.changes.length > 0,
    bands: [{ series: [2, 1], fill: colorOf('offered-fill') }],
    headOf: (position) => headOf(runAt(xs[position] as number)),
    notesOf: (position) =>
      changes.filter(({ at }) => at === position).map((change) => `${change.text}.`),
    keys: [],
    over: (plot) => drawChanges(plot, data, xs),
  };
}

function dayOf(run: ChartRun | undefined): string {
  return run === undefined ? '' : dayText(run.startedAt);
}

function headOf(run: ChartRun | undefined): string {
  if (run === undefined) return '–';
  return [`${minuteText(run.startedAt)} UTC`, run.release, run.commit, run.run]
    .filter((part) => part !== '')
    .join(', ');
}

/** All values and bands, with a little room; a share ends at 1. */
function rangeOf({ metric, values, segments }: TrendChartData): readonly [number, number] {
  const known = [...values, ...segments.flatMap(({ low, high }) => [low ?? [], high ?? []].flat())];
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const room = (high - low) * 0.1 || Math.abs(high) * 0.1 || 1;
  const most = metric === 'success' ? 1 : Number.POSITIVE_INFINITY;
  return [Math.max(0, low - room), Math.min(most, high + room)];
}

function steps(): Pick<uPlot.Series, 'paths' | 'points'> {
  const paths = uPlot.paths.stepped?.({ align: 1 });
  return { points: { show: false }, ...(paths === undefined ? {} : { paths }) };
}

/** Draws a line before the first run of each new level, with the release or commit of that run. */
function drawChanges(plot: uPlot, { changes }: TrendChartData, xs: readonly number[]): void {
  const { ctx, bbox } = plot;
  ctx.save();
  useChartFont(ctx);
  ctx.textBaseline = 'bottom';
  for (const { at, isWorse, label } of changes) {
    const x = Math.round(plot.valToPos((xs[at] ?? 0) - 0.5, 'x', true));
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.fillStyle = colorOf(isWorse ? 'bad' : 'good');
    const width = 1.5 * devicePixelRatio;
    ctx.fillRect(x, bbox.top, width, bbox.height);
    const shown = `${isWorse ? '▲' : '▼'} ${label}`;
    const isNearEnd = x + ctx.measureText(shown).width > bbox.left + bbox.width;
    ctx.textAlign = isNearEnd ? 'right' : 'left';
    haloText(ctx, shown, isNearEnd ? x + width : x, bbox.top - 4 * devicePixelRatio);
  }
  ctx.restore();
}
