import { reportHrefWithBack } from '../../summary/results/run-columns.ts';
import type { Figure, SeriesRow } from '../../summary/results/series-row.ts';
import { VERDICT_TEXTS } from '../../summary/run/verdict-texts.ts';
import { minuteText } from '../../text/day-text.ts';
import { TONE_MARKS } from '../../text/statement.ts';
import { type Html, html } from '../html/html.ts';
import { type Column, renderTable } from '../html/table.ts';
import { renderCell } from '../html/text-table.ts';
import type { TrendChartData } from '../trend/trend-chart-data.ts';
import { renderSparkline } from './sparkline.ts';

/** A row of the first screen, with what its cells link to. */
export interface PlacedRow {
  readonly row: SeriesRow;
  /** Folder of the newest report, relative to the page; null if it is gone. */
  readonly folder: string | null;
  /** Its p95; null if the series has no trend. */
  readonly spark: TrendChartData | null;
}

/** One row for each scenario, target and load: how its newest run did, since when, and its trend. */
export function renderSeriesTable(rows: readonly PlacedRow[]): Html {
  return html`<section id="series">${renderTable('Scenarios', COLUMNS, rows)}</section>`;
}

const COLUMNS: readonly Column<PlacedRow>[] = [
  {
    head: 'Scenario',
    cell: ({ row }) =>
      html`<strong>${row.scenario}</strong> ${row.profile}<span class="sub">${row.target}</span><span class="sub">${row.load}</span>`,
  },
  {
    head: 'Newest run',
    cell: ({ row, folder }) => {
      const { tone, word } = VERDICT_TEXTS[row.verdict];
      const { status, startedAt } = row.newest;
      const name = html`<strong class="${tone}">${TONE_MARKS[tone]} ${word}${status === 'completed' ? '' : `, ${status}`}</strong>`;
      const href = reportHrefWithBack({ folder });
      return html`${name}<span class="sub">${row.since}</span><span class="sub">${href === null ? minuteText(startedAt) : html`<a href="${href}">${minuteText(startedAt)}</a>`}</span>`;
    },
  },
  { head: 'p95', isNumber: true, cell: ({ row }) => figure(row.p95) },
  { head: 'Success', isNumber: true, cell: ({ row }) => figure(row.success) },
  {
    head: 'p95 over time',
    cell: ({ row, spark }) =>
      html`${spark === null ? null : renderSparkline(spark)}<span class="sub">${renderCell(row.trendCell)}</span>`,
  },
];

function figure({ cell, limit }: Figure): Html {
  return html`${renderCell(cell)}<span class="sub">${limit}</span>`;
}
