import type { Report } from '../../report/schema/report-schema.ts';
import { secondsText } from '../../text/seconds-text.ts';
import { plotFigure } from '../plot-figure.ts';
import { type ChartData, windowText } from './chart-data.ts';
import { renderChartPlace } from './chart-place.ts';
import { steadyMemoryText } from './function-charts.ts';
import { type Html, html } from './html.ts';
import { type Column, renderTable } from './table.ts';
import type { TimeChart } from './time-chart.ts';
import { windowSloText } from './window-slo.ts';

/** The load over time, for the first screen; null if no orders were sent. */
export function renderFirstChart(data: ChartData): Html | null {
  const [first] = data.charts;
  if (data.atSeconds.length === 0 || first === undefined) return null;
  return html`<section class="load" aria-labelledby="load"><h2 id="load" class="unseen">Load over time</h2>
<noscript><p class="note">The charts need JavaScript; the tables below them do not.</p></noscript>
<div class="charts">${renderTimeChart(first, data)}</div></section>`;
}

/** Places for the other charts over time, each with its figures in a table, which also serves without a script. */
export function renderCharts(report: Report, data: ChartData): Html {
  if (data.atSeconds.length === 0) {
    return html`<section aria-labelledby="time"><h2 id="time">Over time</h2><p>No orders were sent, so there is nothing to draw.</p></section>`;
  }
  const memory = steadyMemoryText(report);
  return html`<section aria-labelledby="time"><h2 id="time">Over time</h2>
<p class="note">Time since the load began; shaded areas are the stages of the load. An order counts in the window in which its outcome came. Drag over a chart to zoom into all of them.</p>
<div class="charts">${data.charts.slice(1).map((chart) => renderTimeChart(chart, data))}</div>${
    memory === null ? null : html`<p class="note">${memory}</p>`
  }</section>`;
}

function renderTimeChart(chart: TimeChart, data: ChartData): Html {
  const { id, title, unit, series } = chart;
  const columns: Column<number>[] = [
    { head: 'Window', cell: (position) => windowText(data, position) },
    ...series.map(({ name, values }) => ({
      head: name,
      isNumber: true,
      cell: (position: number) => plotFigure(unit, values[position] ?? null),
    })),
    {
      head: 'SLO',
      cell: (position) => windowSloText(data.windowSlos[position] ?? { state: 'none' }),
    },
  ];
  const rows = data.atSeconds.map((_, position) => position);
  const table = renderTable(
    `${title}, for each window of ${secondsText(data.windowSeconds)}`,
    columns,
    rows,
  );
  return renderChartPlace({ ...chart, table }, html`data-chart="${id}"`);
}
