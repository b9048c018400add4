import type { RunPlaces } from '../../summary/results/compare-commands.ts';
import { pageRuns, positionsOf } from '../../summary/results/page-run.ts';
import { trendSummary } from '../../summary/trend/trend-summary.ts';
import type { SeriesTrend } from '../../trend/series-trend.ts';
import { renderHeadline } from '../html/headline-box.ts';
import { embedJson, html } from '../html/html.ts';
import { type PageAssets, renderPage } from '../html/page-frame.ts';
import type { ChartRun, TrendChartData } from './trend-chart-data.ts';
import { HOW_TO_READ, trendSection } from './trend-section.ts';

/** The data embedded in the page of `npm run trend`, for its script. */
export interface TrendPageData {
  readonly runs: readonly ChartRun[];
  readonly charts: Readonly<Record<string, TrendChartData>>;
}

/**
 * The trends as one self-contained page: the verdict on each series, points, levels, bands and changes.
 * @param places for the commands.
 * @param folderOf folder of a run's report, relative to the page; null if it is not known.
 */
export function renderTrendPage(
  trends: readonly SeriesTrend[],
  places: RunPlaces,
  folderOf: (run: string) => string | null,
  assets: PageAssets,
): string {
  const entries = trends.flatMap((trend) => trend.entries);
  const runs = pageRuns(entries.map((entry) => ({ entry, folder: folderOf(entry.run) })));
  const positions = positionsOf(runs);
  const sections = trends.map((trend, position) => {
    const summary = trendSummary(trend, places);
    const { markup, charts } = trendSection(trend, summary, `series-${position}`, positions);
    const box = renderHeadline(summary.headline, {
      subject: html`<strong>${summary.subject}</strong>`,
      status: null,
      facts: html`${summary.facts}`,
      isPart: true,
    });
    return { markup: html`<section class="series">${box}${markup}</section>`, charts };
  });
  const data: TrendPageData = {
    runs: runs.map(({ run, startedAt, release, commit, folder }) => ({
      run,
      startedAt,
      release,
      commit,
      folder,
    })),
    charts: Object.assign({}, ...sections.map(({ charts }) => charts)),
  };
  return renderPage({
    title: 'Trends of load tests',
    main: html`<header class="top"><h1>Trends</h1><button type="button" id="theme" hidden>Theme</button></header>
<p class="note">${HOW_TO_READ}</p>
${sections.map(({ markup }) => markup)}
<footer><p>Written by <code>npm run trend</code> from the history in <code>${places.history}</code>.</p></footer>`,
    data: embedJson(data),
    assets,
    isLive: false,
  });
}
