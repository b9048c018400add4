import type uPlot from 'uplot';
import { plotValueText, plotXs, plotXText } from '../core/render/html/line-plot.ts';
import { plotFigure } from '../core/render/plot-figure.ts';
import type { LinePlot, PlotLine } from '../core/text/line-plot.ts';
import { drawLevel } from './canvas-text.ts';
import type { FrameAxis } from './chart-axes.ts';
import { type ChartSpec, drawChart } from './chart-frame.ts';
import { createGroup } from './chart-group.ts';
import { legendKey } from './chart-legend.ts';
import type { FrameLine } from './frame-line.ts';
import { drawIntervals, drawMark } from './plot-marks.ts';
import type { PointLook } from './swatch.ts';
import type { Span, View } from './view.ts';

/** A level further above all points than this is not drawn: it would flatten them. */
const MAX_LEVEL_RATIO = { linear: 3, log: 30 };
const MARKS: readonly PointLook[] = ['dots', 'crosses', 'rings'];

/** Draws lines or points over a common x axis into their place. */
export function drawLinePlot(place: HTMLElement, plot: LinePlot, view: View): uPlot {
  const xs = plotXs(plot);
  const isLog = plot.x.isLog === true;
  const group = createGroup(plot.id, { full: fullSpan(reachOf(plot, xs), isLog), isLog, xs }, view);
  return drawChart(place, specOf(plot, xs), group, view);
}

function specOf(plot: LinePlot, xs: readonly number[]): ChartSpec {
  const { id, x, y, lines, levels } = plot;
  const highest = Math.max(...lines.flatMap(valuesOf));
  const isDrawn = ({ y: level }: LinePlot['levels'][number]) =>
    level <= highest * MAX_LEVEL_RATIO[y.isLog ? 'log' : 'linear'];
  return {
    id,
    height: 280,
    xs,
    x: { ...x, isLog: x.isLog === true },
    y: yAxis(
      plot,
      levels.filter(isDrawn).map(({ y: level }) => level),
    ),
    lines: lines.map((line, position) =>
      lineOf(line, MARKS[position % MARKS.length] ?? 'dots', xs, y.unit),
    ),
    hasNames: false,
    headOf: (position) => `${x.label}: ${plotXText(plot, xs[position] as number)}`,
    keys: levels.map((level) =>
      legendKey('slo', 'dashed', isDrawn(level) ? level.label : `${level.label}, far above`),
    ),
    over: (drawn) => {
      drawIntervals(drawn, lines);
      for (const level of levels.filter(isDrawn)) drawLevel(drawn, 'y', level.y, level.label);
      for (const mark of plot.marks ?? []) drawMark(drawn, mark);
    },
  };
}

function lineOf(
  line: PlotLine,
  mark: PointLook,
  xs: readonly number[],
  unit: LinePlot['y']['unit'],
): FrameLine {
  const { name, color, dashed, look, points } = line;
  const values = new Map(points);
  const highest = Math.max(...points.map(([, value]) => value));
  return {
    name,
    color,
    look: look === 'points' ? mark : look === 'marked' ? look : dashed ? 'dashed' : 'line',
    values: xs.map((x) => values.get(x) ?? null),
    isSpanning: true,
    text: (position) => plotValueText(line, unit, xs[position] as number),
    overall: points.length === 0 ? '' : `up to ${plotFigure(unit, highest)}`,
  };
}

function yAxis({ y, lines }: LinePlot, levels: readonly number[]): FrameAxis {
  const { isLog = false, ...axis } = y;
  const values = [...lines.flatMap(valuesOf), ...levels];
  if (!isLog) return { ...axis, isLog: false, highest: Math.max(0, ...values) };
  const positive = values.filter((value) => value > 0);
  return { ...axis, isLog, range: [Math.min(...positive) / 1.3, Math.max(...positive) * 1.3] };
}

/** The values of a line, and the ends of their intervals. */
function valuesOf({ points, intervals = [] }: PlotLine): number[] {
  return [...points.map(([, y]) => y), ...intervals.flatMap(([, low, high]) => [low, high])];
}

/** Every x, and the ends of its intervals, ascending. */
function reachOf({ lines }: LinePlot, xs: readonly number[]): readonly number[] {
  const ends = lines.flatMap(({ xIntervals = [] }) =>
    xIntervals.flatMap(([, low, high]) => [low, high]),
  );
  return [...xs, ...ends].sort((a, b) => a - b);
}

/** A first point before this share of the last one is near the start of the axis. */
const NEAR_START = 0.15;

/** All points, with a little room at both ends. */
function fullSpan(xs: readonly number[], isLog: boolean): Span {
  const [first, last] = [xs[0] as number, xs[xs.length - 1] as number];
  if (isLog) {
    const room = first === last ? 2 : (last / first) ** 0.02;
    return [first / room, last * room];
  }
  const room = first === last ? Math.max(1, Math.abs(first) * 0.1) : (last - first) * 0.02;
  // A time shortly after the start is read from the start.
  const start = first > 0 && first < last * NEAR_START ? 0 : first - room;
  return [start, last + room];
}
