import type { HistoryEntry } from '../../history/history-entry.ts';
import type { SeriesTrend } from '../../trend/series-trend.ts';
import { type Html, html } from '../html/html.ts';
import { seriesTitle } from './series-title.ts';
import { type TrendChartData, trendChartData } from './trend-chart-data.ts';
import { renderTrend } from './trend-text.ts';

/** One series on a page: its text, and a place for each metric's chart. */
export interface TrendSection {
  readonly markup: Html;
  /** Keyed by the id of the chart's place. */
  readonly charts: Readonly<Record<string, TrendChartData>>;
}

export function trendSection(trend: SeriesTrend, position: number): TrendSection {
  const newest = trend.entries[trend.entries.length - 1] as HistoryEntry;
  const drawn = trend.trends.filter(({ entries }) => entries.length > 0);
  const placeOf = (metric: string) => `series-${position}-${metric}`;
  const [, ...lines] = renderTrend(trend, false).split('\n');
  const figures = drawn.map(({ metric }) => {
    const title = `${metric}: ${seriesTitle(newest)}`;
    return html`<figure class="chart" id="${placeOf(metric)}-figure"><figcaption><h3>${metric}</h3></figcaption><div class="plot" data-trend="${placeOf(metric)}" tabindex="0" role="group" aria-roledescription="chart" aria-label="${title}"></div></figure>`;
  });
  return {
    markup: html`<section class="series" data-verdict="${trend.verdict}"><h2>${seriesTitle(newest)}</h2>
<pre class="said">${lines.map(
      (line) => html`${line}
`,
    )}</pre>
${figures}</section>`,
    charts: Object.fromEntries(drawn.map((one) => [placeOf(one.metric), trendChartData(one)])),
  };
}
