import { type TuneSummary, tuneSummary } from '../../summary/tune/tune-summary.ts';
import { minuteText } from '../../text/day-text.ts';
import type { TuneResult } from '../../tune/schema/tune-schema.ts';
import { renderHeadline } from '../html/headline-box.ts';
import { embedJson, type Html, html } from '../html/html.ts';
import { plotDataOf, renderLinePlot } from '../html/line-plot.ts';
import { type PageAssets, renderPage } from '../html/page-frame.ts';
import { renderPageNav } from '../html/page-nav.ts';
import { renderTextTable } from '../html/text-table.ts';
import { renderTiles } from '../html/tiles.ts';

/**
 * A sweep as one self-contained page: the answer and what to do next, its figures, charts with the choice marked, and
 * tables. The result is embedded as JSON under the id `data`.
 */
export function tuneHtml(result: TuneResult, assets: PageAssets): string {
  const said = tuneSummary(result);
  const { headline, status, subject, method, tiles, plots } = said;
  const tables = [...said.tables, ...said.moreTables];
  const { run } = result;
  const parts = [
    { name: 'Charts', id: 'charts', isShown: plots.length > 0 },
    { name: 'Figures', id: 'figures', isShown: tables.length > 0 },
    { name: 'What to know', id: 'know', isShown: hasNotes(said) },
  ].filter(({ isShown }) => isShown);
  return renderPage({
    title: `${headline.word} · ${subject}`,
    main: html`<div class="first">
${renderHeadline(headline, {
  subject: html`<strong>${subject}</strong>`,
  status,
  facts: html`${method}. Sweep <code>${run.id}</code> · ${minuteText(run.startedAt)} UTC`,
})}
${renderTiles(tiles)}
</div>
${renderPageNav(parts)}
${plots.length === 0 ? null : html`<section aria-labelledby="charts"><h2 id="charts">Charts</h2><div class="charts">${plots.map(renderLinePlot)}</div></section>`}
${tables.length === 0 ? null : html`<section aria-labelledby="figures"><h2 id="figures">Figures</h2>${tables.map(renderTextTable)}</section>`}
${notesPart(said)}
<footer><p>Written by serverless-order-load ${run.suiteVersion}. The same data as JSON: <code>tune.json</code>.</p></footer>`,
    data: embedJson({ tune: result, plots: plotDataOf(plots) }),
    assets,
    isLive: false,
  });
}

function hasNotes({ pitfalls, notes, viewers }: TuneSummary): boolean {
  return pitfalls.length + notes.length + viewers.length > 0;
}

function notesPart(said: TuneSummary): Html | null {
  if (!hasNotes(said)) return null;
  const { pitfalls, notes, viewers } = said;
  return html`<section aria-labelledby="know"><h2 id="know">What to know</h2><ul class="know">${[...pitfalls, ...notes].map((note) => html`<li>${note}</li>`)}${viewers.map(
    ({ text, address }) =>
      html`<li>The same figures in the <a href="${address}" rel="noreferrer">${text}</a>. Its address carries them behind <code>#</code>, which a browser does not send.</li>`,
  )}</ul></section>`;
}
