import type { TrendSummary } from '../../summary/trend/trend-summary.ts';
import type { MetricTrend } from '../../trend/metric-trend.ts';
import type { SeriesTrend } from '../../trend/series-trend.ts';
import { type Html, html } from '../html/html.ts';
import { renderNamedTable } from '../html/text-table.ts';
import { type TrendChartData, trendChartData } from './trend-chart-data.ts';

/** How to read a chart of a trend. */
export const HOW_TO_READ =
  'Each dot is a run; it opens the report of the run. A step is a level, the band is where 95% of the runs at a level are expected, and an upright line is a confirmed change of level. The range by which the newest run is judged is in the table.';

/** The figures of one series on a page: its tables, and a place for each metric's chart. */
export interface TrendSection {
  readonly markup: Html;
  /** Keyed by the id of the chart's place. */
  readonly charts: Readonly<Record<string, TrendChartData>>;
}

/**
 * @param id unique on the page.
 * @param positions of the runs of the page, by run id.
 */
export function trendSection(
  { trends }: SeriesTrend,
  { newest, changes, subject }: TrendSummary,
  id: string,
  positions: ReadonlyMap<string, number>,
): TrendSection {
  const drawn = trends.filter(({ entries }) => entries.length > 0);
  const placeOf = ({ metric }: MetricTrend) => `${id}-${metric}`;
  const figures = drawn.map(
    (trend) =>
      html`<figure class="chart"><figcaption><h3>${trend.metric}</h3></figcaption><div class="plot" data-trend="${placeOf(trend)}" tabindex="0" role="group" aria-roledescription="chart" aria-label="${trend.metric} by run: ${subject}. Left and right arrow keys move from run to run, Enter opens the report, plus and minus zoom, 0 shows everything again."></div></figure>`,
  );
  return {
    markup: html`<div class="tables">${[newest, ...(changes === null ? [] : [changes])].map((table) => html`<div class="wide">${renderNamedTable(table, `${table.caption}: ${subject}`)}</div>`)}</div>
<div class="trend-charts">${figures}</div>
<details class="figures" data-figures="${id}" data-subject="${subject}"><summary>Figures of these runs</summary></details>`,
    charts: Object.fromEntries(drawn.map((one) => [placeOf(one), trendChartData(one, positions)])),
  };
}
