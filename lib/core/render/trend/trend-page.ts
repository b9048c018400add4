import type { SeriesTrend } from '../../trend/series-trend.ts';
import { embedJson, html } from '../html/html.ts';
import { type PageAssets, renderPage } from '../html/page-frame.ts';
import type { TrendChartData } from './trend-chart-data.ts';
import { trendSection } from './trend-section.ts';

/** The data embedded in the page of `npm run trend`, for its script. */
export interface TrendPageData {
  readonly charts: Readonly<Record<string, TrendChartData>>;
}

/** The trends as one self-contained page: points, levels, bands and changes with their commits. */
export function renderTrendPage(trends: readonly SeriesTrend[], assets: PageAssets): string {
  const sections = trends.map(trendSection);
  const data: TrendPageData = {
    charts: Object.assign({}, ...sections.map(({ charts }) => charts)),
  };
  return renderPage({
    title: 'Trends of load tests',
    main: html`<header class="top"><h1>Trends</h1><button type="button" id="theme" hidden>Theme</button></header>
<p class="note">Points are runs, steps are levels, the band is where 95% of the runs at a level are expected, and a line marks a change of level. The newest run is judged by the bounds in the text.</p>
<p class="unseen" id="announcer" aria-live="polite"></p>
${sections.map(({ markup }) => markup)}`,
    data: embedJson(data),
    assets,
    isLive: false,
  });
}
