import { simulatedSeries } from '../../bench/simulated-series.ts';
import type { HistoryEntry } from '../../lib/core/history/history-entry.ts';
import { comparisonHtml } from '../../lib/core/render/compare/comparison-html.ts';
import type { PageAssets } from '../../lib/core/render/html/page-frame.ts';
import { renderHtml } from '../../lib/core/render/html/render-html.ts';
import { renderResultsPage } from '../../lib/core/render/results/results-page.ts';
import { renderTrendPage } from '../../lib/core/render/trend/trend-page.ts';
import { tuneHtml } from '../../lib/core/render/tune/tune-html.ts';
import { resultsSummary } from '../../lib/core/summary/results/results-summary.ts';
import { sweepRows } from '../../lib/core/summary/results/sweep-rows.ts';
import { seriesOf } from '../../lib/core/trend/series-of.ts';
import { type SeriesTrend, seriesTrend } from '../../lib/core/trend/series-trend.ts';
import { sampleEntry, sampleHistory } from '../core/history/sample-history.ts';
import { NO_REPORTS } from '../core/trend/text-of-trend.ts';
import { sampleComparisons } from './sample-comparisons.ts';
import { allReports } from './sample-reports.ts';
import { sampleTunes } from './sample-tunes.ts';

export interface SamplePage {
  readonly name: string;
  readonly kind: 'run' | 'live' | 'comparison' | 'trend' | 'results' | 'sweep';
  readonly html: string;
}

/** Script and style of each kind of page. */
export type AssetsOfKinds = Readonly<Record<'report' | 'trend' | 'results', PageAssets>>;

const NOTHING: PageAssets = {
  script: '',
  scriptHash: 'sha256-a',
  style: '',
  styleHash: 'sha256-b',
};

/** For those who read the markup only. */
export const NO_ASSETS: AssetsOfKinds = { report: NOTHING, trend: NOTHING, results: NOTHING };

/** One page of each kind for each sample: runs, a run in progress, comparisons, trends, sweeps, and all results. */
export function samplePages(assets: AssetsOfKinds): readonly SamplePage[] {
  const runs = allReports().map(
    ({ name, report }): SamplePage => ({
      name,
      kind: 'run',
      html: renderHtml(report, assets.report),
    }),
  );
  const live = allReports()
    .slice(0, 1)
    .map(
      ({ name, report }): SamplePage => ({
        name: `${name} in progress`,
        kind: 'live',
        html: renderHtml(report, assets.report, { elapsedMs: 20_000, plannedMs: 45_000 }),
      }),
    );
  const comparisons = sampleComparisons().map(
    ({ name, given }): SamplePage => ({
      name,
      kind: 'comparison',
      html: comparisonHtml(given, assets.report),
    }),
  );
  const trends = sampleTrends().map(
    ({ name, trends: shown }): SamplePage => ({
      name,
      kind: 'trend',
      html: renderTrendPage(shown, NO_REPORTS, (run) => run, assets.trend),
    }),
  );
  const results = Object.entries({
    '60 runs of 12 series': simulatedSeries(60, 12),
    'a series with a change': [...slowerSeries(), sampleEntry(95, { verdict: 'invalid' })],
  }).map(
    ([name, entries]): SamplePage => ({
      name,
      kind: 'results',
      html: resultsPage(entries, assets.results),
    }),
  );
  const sweeps = sampleTunes().map(
    ({ name, result }): SamplePage => ({
      name,
      kind: 'sweep',
      html: tuneHtml(result, assets.report),
    }),
  );
  return [...runs, ...live, ...comparisons, ...trends, ...results, ...sweeps];
}

/** Simulated samples whose pages look like those of recorded ones; a browser takes seconds for each. */
const ALIKE = [
  'generated pass',
  'generated slow p95',
  'generated cut off',
  'generated dropping',
  'generated ramp',
  'generated ramp that nothing stopped',
  'generated breakpoint',
  'generated spike',
  'generated ab',
  'steady-2',
  'better',
  'candidate against a history',
  'ab without a difference',
  'recorded spikes',
  'sizes that cannot be told apart',
  'no batch that keeps the SLO',
];

/** Pages for tests in a browser: one of each look. */
export function variedPages(assets: AssetsOfKinds): readonly SamplePage[] {
  return samplePages(assets).filter(({ name }) => !ALIKE.includes(name));
}

/** The trends of one series each: one that became slower, one that is steady, one that is young. */
export function sampleTrends(): { name: string; trends: readonly SeriesTrend[] }[] {
  return [
    { name: 'a series that became slower', trends: trendsOf(slowerSeries()) },
    { name: 'a steady series', trends: trendsOf(sampleHistory(30)) },
    { name: 'three runs', trends: trendsOf(sampleHistory(3)) },
  ];
}

/** The results of 1,000 runs of twelve series. */
export function thousandRunsPage(assets: AssetsOfKinds): string {
  return resultsPage(simulatedSeries(1000, 12), assets.results);
}

/** 90 nights, 8% slower from the 60th on. */
function slowerSeries(): HistoryEntry[] {
  return sampleHistory(90, (night) => (night < 60 ? 1 : 1.08));
}

function trendsOf(entries: readonly HistoryEntry[]): SeriesTrend[] {
  return seriesOf(entries).map((series) =>
    seriesTrend(series, ['p50', 'p95', 'p99', 'success'], []),
  );
}

function resultsPage(entries: readonly HistoryEntry[], assets: PageAssets): string {
  const runs = entries.map((entry) => ({ entry, folder: entry.run }));
  const place = { root: 'results', history: 'results/history', hasHistory: true };
  const sweeps = sweepRows(
    sampleTunes().map(({ result }, at) => ({ result, folder: `tune/sweep-${at}` })),
  );
  const summary = resultsSummary(runs, trendsOf(entries), place);
  return renderResultsPage(runs, summary, [], assets, sweeps);
}
