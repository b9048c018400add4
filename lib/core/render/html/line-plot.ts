import type { LinePlot, PlotInterval, PlotLine } from '../../text/line-plot.ts';
import { type PlotUnit, plotFigure } from '../plot-figure.ts';
import { renderChartPlace } from './chart-place.ts';
import { type Html, html } from './html.ts';
import { renderTable } from './table.ts';

/** Plots by their id, as a page embeds them for its script. */
export type PlotData = Readonly<Record<string, LinePlot>>;

/** The plots of a page whose data is its own, to be embedded as `plots`. Plots without any point are left out. */
export function plotDataOf(plots: readonly LinePlot[]): PlotData {
  return Object.fromEntries(
    plots.filter((plot) => plotXs(plot).length > 0).map((plot) => [plot.id, plot]),
  );
}

/** The place of a plot, which the page's script fills, and its figures in a table. */
export function renderLinePlot(plot: LinePlot): Html {
  const { id, title, note, summary, x, y, lines } = plot;
  const xs = plotXs(plot);
  if (xs.length === 0) {
    return html`<figure class="chart" id="chart-${id}"><figcaption><h3>${title}</h3><p class="note">There is nothing to draw.</p></figcaption></figure>`;
  }
  const table = renderTable(
    title,
    [
      { head: x.label, cell: (at: number) => plotXText(plot, at) },
      ...lines.map((line) => ({
        head: line.name,
        isNumber: true,
        cell: (at: number) => plotValueText(line, y.unit, at),
      })),
    ],
    xs,
  );
  return renderChartPlace({ id, title, note, summary, table }, html`data-plot="${id}"`);
}

/** Every x at which a line has a point, ascending. */
export function plotXs({ lines }: LinePlot): readonly number[] {
  return [...new Set(lines.flatMap(({ points }) => points.map(([x]) => x)))].sort((a, b) => a - b);
}

/** An x with what was measured there and what is pointed out: "512 MB (best)". */
export function plotXText({ x, lines, names = [], marks = [] }: LinePlot, at: number): string {
  const named = names.filter(([where]) => where === at).map(([, name]) => name);
  const interval = lines.map(({ xIntervals }) => intervalAt(xIntervals, at)).find(Boolean);
  const figure = withInterval(x.unit, at, interval);
  const labels = marks.filter((mark) => mark.x === at).map(({ label }) => label);
  return [
    [...named, figure].join(': '),
    ...(labels.length === 0 ? [] : [`(${labels.join(', ')})`]),
  ].join(' ');
}

/** The value of a line at an x with its interval; a dash without a point. */
export function plotValueText(line: PlotLine, unit: PlotUnit, at: number): string {
  const value = line.points.find(([x]) => x === at)?.[1] ?? null;
  return withInterval(unit, value, intervalAt(line.intervals, at));
}

function withInterval(unit: PlotUnit, value: number | null, interval?: PlotInterval): string {
  const text = plotFigure(unit, value);
  if (value === null || interval === undefined) return text;
  const [, low, high] = interval;
  return `${text} (${plotFigure(unit, low)} to ${plotFigure(unit, high)})`;
}

function intervalAt(intervals: PlotLine['intervals'], at: number): PlotInterval | undefined {
  return intervals?.find(([x]) => x === at);
}
