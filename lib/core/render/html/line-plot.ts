import type { LinePlot } from '../../text/line-plot.ts';
import { plotFigure } from '../plot-figure.ts';
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
      { head: x.label, cell: (at: number) => plotFigure(x.unit, at) },
      ...lines.map((line) => {
        const values = new Map(line.points);
        return {
          head: line.name,
          isNumber: true,
          cell: (at: number) => plotFigure(y.unit, values.get(at) ?? null),
        };
      }),
    ],
    xs,
  );
  return renderChartPlace({ id, title, note, summary, table }, html`data-plot="${id}"`);
}

/** Every x at which a line has a point, ascending. */
export function plotXs({ lines }: LinePlot): readonly number[] {
  return [...new Set(lines.flatMap(({ points }) => points.map(([x]) => x)))].sort((a, b) => a - b);
}
