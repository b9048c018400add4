import { entrySentPerSecond } from '../../history/sent-per-second.ts';
import { formatMs, formatRate, formatRatio } from '../../report/format-figure.ts';
import type { SeriesTrend } from '../../trend/series-trend.ts';
import { embedJson, type Html, html } from '../html/html.ts';
import { type PageAssets, renderPage } from '../html/page-frame.ts';
import { trendSection } from '../trend/trend-section.ts';
import {
  type PageRun,
  pageRuns,
  type ResultRun,
  type ResultsPageData,
  type ResultsPlace,
} from './results-data.ts';

const COLUMNS = [
  ['run', 'Run'],
  ['startedAt', 'Started (UTC)'],
  ['scenario', 'Scenario'],
  ['verdict', 'Verdict'],
  ['success', 'Success'],
  ['p95', 'p95'],
  ['rps', 'Rate'],
  ['release', 'Release'],
  ['commit', 'Commit'],
  ['label', 'Label'],
] as const;

/** Most series with charts on the page; the runs of the others are only in the table. */
const MAX_SERIES = 30;

/**
 * All runs as one self-contained page: a table to filter and sort, any two runs side by side, and the trends.
 * @param place for the commands on the page.
 * @param skipped files and lines that could not be read, one sentence each.
 */
export function renderResultsPage(
  runs: readonly ResultRun[],
  trends: readonly SeriesTrend[],
  place: ResultsPlace,
  skipped: readonly string[],
  assets: PageAssets,
): string {
  const rows = pageRuns(runs);
  const sections = trends.slice(0, MAX_SERIES).map(trendSection);
  const data: ResultsPageData = {
    runs: rows,
    place,
    charts: Object.assign({}, ...sections.map(({ charts }) => charts)),
  };
  const rest = trends.length - sections.length;
  return renderPage({
    title: 'Results of load tests',
    main: html`<header class="top"><h1>Results</h1><button type="button" id="theme" hidden>Theme</button></header>
<p class="unseen" id="announcer" aria-live="polite"></p>
${filters(rows)}
${table(rows)}
<section id="comparison" aria-live="polite"><h2>Two runs side by side</h2><div id="compared"><p class="note">Tick two runs in the table.</p></div></section>
<h2 id="trends">Trends</h2>
${sections.map(({ markup }) => markup)}
${rest === 0 ? null : html`<p class="note">${rest} more series are only in the table.</p>`}
${skipped.length === 0 ? null : html`<details><summary>${skipped.length} files or lines could not be read</summary><ul>${skipped.map((line) => html`<li>${line}</li>`)}</ul></details>`}`,
    data: embedJson(data),
    assets,
    isLive: false,
  });
}

function filters(rows: readonly PageRun[]): Html {
  const scenarios = [...new Set(rows.map(({ scenario }) => scenario))].sort();
  const option = (name: string) => html`<option>${name}</option>`;
  return html`<div class="filters">
<label>Search<input type="search" id="search" placeholder="run, release, commit, label"></label>
<label>Scenario<select id="scenario"><option value="">all</option>${scenarios.map(option)}</select></label>
<label>Verdict<select id="verdict"><option value="">all</option>${['pass', 'fail', 'invalid'].map(option)}</select></label>
<p class="note" id="count" role="status">${rows.length} of ${rows.length} runs</p>
</div>`;
}

function table(rows: readonly PageRun[]): Html {
  const head = COLUMNS.map(
    ([name, title]) =>
      html`<th scope="col" data-column="${name}"${name === 'startedAt' ? html` aria-sort="descending"` : null}><button type="button">${title}</button></th>`,
  );
  return html`<div class="scroll" id="runs" tabindex="0" role="region" aria-label="Runs"><table><caption>Runs</caption><thead><tr><th scope="col">Pick</th>${head}</tr></thead><tbody>${rows.map(row)}</tbody></table></div>`;
}

function row(run: PageRun, position: number): Html {
  const { success, latencyMs, verdict, status } = run;
  const rps = entrySentPerSecond(run);
  // The folder comes from the disk, and the id from a file that anyone may have written.
  const href = run.folder === null ? null : `./${encodeURI(run.folder)}/report.html`;
  const name = href === null ? run.run : html`<a href="${href}">${run.run}</a>`;
  const shown = status === 'completed' ? verdict : `${verdict}, ${status}`;
  return html`<tr data-run="${position}"><td><input type="checkbox" aria-label="Pick ${run.run}"></td><th scope="row">${name}</th><td>${run.startedAt.slice(0, 16).replace('T', ' ')}</td><td>${run.scenario}</td><td class="verdict-${verdict}">${shown}</td><td class="n">${success.ratio === null ? '–' : formatRatio(success.ratio)}</td><td class="n">${latencyMs.p95 === null ? '–' : formatMs(latencyMs.p95)}</td><td class="n">${rps === null ? '–' : formatRate(rps)}</td><td>${run.release}</td><td><code>${run.commit}</code></td><td>${run.label}</td></tr>`;
}
