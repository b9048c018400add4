import { formatCount, groupDigits } from '../../report/format-figure.ts';
import type { ResultsPlace, RunPlaces } from '../../summary/results/compare-commands.ts';
import { countText } from '../../summary/results/count-text.ts';
import {
  type PageRun,
  pageRuns,
  positionsOf,
  type ResultRun,
} from '../../summary/results/page-run.ts';
import type { ResultsSummary } from '../../summary/results/results-summary.ts';
import { RUN_COLUMNS } from '../../summary/results/run-columns.ts';
import { isBad, type SeriesRow } from '../../summary/results/series-row.ts';
import type { SweepRow } from '../../summary/results/sweep-rows.ts';
import { VERDICT_TEXTS } from '../../summary/run/verdict-texts.ts';
import { trendSummary } from '../../summary/trend/trend-summary.ts';
import { minuteText } from '../../text/day-text.ts';
import { type Headline, TONE_MARKS } from '../../text/statement.ts';
import { renderHeadline } from '../html/headline-box.ts';
import { embedJson, type Html, html } from '../html/html.ts';
import { type PageAssets, renderPage } from '../html/page-frame.ts';
import { renderPageNav } from '../html/page-nav.ts';
import { renderTable } from '../html/table.ts';
import { renderCell } from '../html/text-table.ts';
import { type TrendChartData, trendChartData } from '../trend/trend-chart-data.ts';
import { HOW_TO_READ, trendSection } from '../trend/trend-section.ts';
import { renderRunRow } from './run-row.ts';
import { renderSeriesTable } from './series-table.ts';

export interface ResultsPageData {
  /** Newest first. */
  readonly runs: readonly PageRun[];
  readonly place: ResultsPlace;
  readonly charts: Readonly<Record<string, TrendChartData>>;
}

/** Most series on the first screen, and most with charts. */
const MOST_ROWS = 60;
const MOST_CHARTS = 30;
/** Runs in the page without its script; with it the table shows all. */
const ROWS_WITHOUT_SCRIPT = 100;

/**
 * All runs as one self-contained page: how each scenario does, a table of all runs to filter and sort, any two runs
 * side by side, the trends, and the sweeps of settings.
 * @param skipped files and lines that could not be read, one sentence each.
 */
export function renderResultsPage(
  runs: readonly ResultRun[],
  { headline, rows, places }: ResultsSummary,
  skipped: readonly string[],
  assets: PageAssets,
  sweeps: readonly SweepRow[] = [],
): string {
  const { root, history, hasHistory, folders } = places;
  const listed = pageRuns(runs);
  const positions = positionsOf(listed);
  const sections = changedFirst(rows)
    .slice(0, MOST_CHARTS)
    .map((row, position) => trendDetails(row, `series-${position}`, places, positions));
  const data: ResultsPageData = {
    runs: listed,
    place: { root, history, hasHistory },
    charts: Object.assign({}, ...sections.map(({ charts }) => charts)),
  };
  return renderPage({
    title: 'Results of load tests',
    main: html`${box(headline, listed, places)}
${renderPageNav(partsOf(sweeps))}
${renderSeriesTable(rows.slice(0, MOST_ROWS).map((row) => placedRow(row, folders, positions)))}
${rows.length <= MOST_ROWS ? null : html`<p class="note">${formatCount(rows.length - MOST_ROWS, 'more scenario')} of other loads or targets, none of them more urgent than these, are among the runs.</p>`}
<h2 id="all-runs">Runs</h2>
${filters(listed)}
${table(listed)}
${trendsPart(
  sections.map(({ markup }) => markup),
  changedFirst(rows).length,
)}
${sweepsPart(sweeps)}
${skippedPart(skipped)}
<footer><p>Written by <code>npm run results</code>. What the verdicts mean, and how trends are judged: <code>docs/trend.md</code>.</p></footer>
<div id="picked" class="picked" hidden></div>
<div id="reason" class="reason-tip" role="tooltip" hidden></div>`,
    data: embedJson(data),
    assets,
    isLive: false,
  });
}

function partsOf(sweeps: readonly SweepRow[]) {
  return [
    { name: 'Scenarios', id: 'series' },
    { name: 'Runs', id: 'all-runs' },
    { name: 'Trends', id: 'trends' },
    ...(sweeps.length === 0 ? [] : [{ name: 'Sweeps', id: 'sweeps' }]),
  ];
}

/** The answer to "is all well?", and what the page is about. */
function box(headline: Headline, runs: readonly PageRun[], { root }: RunPlaces): Html {
  const newest = runs[0];
  const facts = newest === undefined ? null : html`Newest run: ${minuteText(newest.startedAt)} UTC`;
  return renderHeadline(headline, {
    subject: html`<strong>Results</strong> ${formatCount(runs.length, 'run')} in <code>${root}</code>`,
    status: null,
    facts,
  });
}

function placedRow(
  row: SeriesRow,
  folders: ReadonlyMap<string, string>,
  positions: ReadonlyMap<string, number>,
) {
  const p95 = row.trend.trends.find(({ metric }) => metric === 'p95');
  const isDrawn = row.hasTrend && p95 !== undefined && p95.entries.length > 0;
  return {
    row,
    folder: folders.get(row.newest.run) ?? null,
    spark: isDrawn ? trendChartData(p95, positions) : null,
  };
}

/** The rows that have charts, those whose level changed first. */
function changedFirst(rows: readonly SeriesRow[]): SeriesRow[] {
  const rank = ({ trend }: SeriesRow) =>
    isBad(trend) ? 0 : trend.trends.some(({ points }) => points.length > 0) ? 1 : 2;
  return rows.filter(({ hasTrend }) => hasTrend).sort((a, b) => rank(a) - rank(b));
}

/** The trend of a series, closed: its charts are drawn when it is opened. */
function trendDetails(
  { trend }: SeriesRow,
  id: string,
  places: RunPlaces,
  positions: ReadonlyMap<string, number>,
) {
  const summary = trendSummary(trend, places);
  const { headline, subject, facts } = summary;
  const { markup, charts } = trendSection(trend, summary, id, positions);
  return {
    markup: html`<details class="series" id="${id}"><summary><strong class="${headline.tone}">${TONE_MARKS[headline.tone]} ${headline.word}</strong> ${subject}</summary>
<p>${headline.reason}</p>
<p class="note">${facts}</p>
${markup}</details>`,
    charts,
  };
}

function trendsPart(sections: readonly Html[], total: number): Html {
  if (total === 0) {
    return html`<h2 id="trends">Trends</h2>
<p class="note">A trend takes eight runs of one scenario, load and target.</p>`;
  }
  const rest = total - sections.length;
  return html`<h2 id="trends">Trends</h2>
<p class="note">${HOW_TO_READ}</p>
${sections}
${rest === 0 ? null : html`<p class="note">${formatCount(rest, 'more trend')}: see <code>npm run trend</code>.</p>`}`;
}

function filters(runs: readonly PageRun[]): Html {
  const option = (name: string) => html`<option>${name}</option>`;
  const of = (key: 'scenario' | 'profile' | 'verdict') =>
    [...new Set(runs.map((run) => run[key]))].sort();
  const verdict = (name: PageRun['verdict']) =>
    html`<option value="${name}">${VERDICT_TEXTS[name].word}</option>`;
  return html`<div class="filters">
<label>Search<input type="search" id="search" placeholder="run, release, commit, label"></label>
<label>Scenario<select id="scenario"><option value="">all</option>${of('scenario').map(option)}</select></label>
<label>Profile<select id="profile"><option value="">all</option>${of('profile').map(option)}</select></label>
<label>Verdict<select id="verdict"><option value="">all</option>${(of('verdict') as PageRun['verdict'][]).map(verdict)}</select></label>
<p class="note" id="count" role="status">${countText(runs.length, runs.length)}</p>
</div>`;
}

function table(runs: readonly PageRun[]): Html {
  const head = RUN_COLUMNS.map(
    ({ key, head: title, kind }) =>
      html`<th scope="col" data-column="${key}"${kind === 'number' ? html` class="n"` : null}${key === 'startedAt' ? html` aria-sort="descending"` : null}><button type="button">${title}</button></th>`,
  );
  const rest = runs.length - ROWS_WITHOUT_SCRIPT;
  return html`<div class="scroll" id="runs" tabindex="0" role="region" aria-label="Runs"><table><thead><tr><th scope="col">Pick</th>${head}</tr></thead><tbody>${runs.slice(0, ROWS_WITHOUT_SCRIPT).map(renderRunRow)}</tbody></table></div>
<p id="more">${rest > 0 ? `${groupDigits(rest)} older runs are shown once the script of this page runs.` : null}</p>`;
}

function sweepsPart(sweeps: readonly SweepRow[]): Html | null {
  if (sweeps.length === 0) return null;
  return html`<h2 id="sweeps">Sweeps</h2>
<section class="sweeps">${renderTable<SweepRow>(
    'Sweeps of settings',
    [
      {
        head: 'Started (UTC)',
        cell: ({ started, href }) => html`<a href="${href}">${started}</a>`,
      },
      { head: 'What', cell: ({ what }) => what },
      { head: 'Best', cell: ({ best }) => renderCell(best) },
      { head: 'Why', isMinor: true, cell: ({ why }) => why },
    ],
    sweeps,
  )}</section>`;
}

function skippedPart(skipped: readonly string[]): Html | null {
  if (skipped.length === 0) return null;
  const what = skipped.length === 1 ? '1 file or line' : `${skipped.length} files or lines`;
  return html`<details><summary>${what} could not be read</summary><ul>${skipped.map((line) => html`<li>${line}</li>`)}</ul></details>`;
}
