import { comparisonSummary } from '../../summary/comparison/comparison-summary.ts';
import type { TextTable } from '../../text/statement.ts';
import { renderHeadline } from '../html/headline-box.ts';
import { embedJson, type Html, html } from '../html/html.ts';
import { plotDataOf, renderLinePlot } from '../html/line-plot.ts';
import { type PageAssets, renderPage } from '../html/page-frame.ts';
import { renderTextTable } from '../html/text-table.ts';
import { renderForestTable } from './forest-table.ts';
import type { RenderedComparison } from './rendered-comparison.ts';

/**
 * A comparison as one self-contained page: the verdict and what to do next, every metric with its change on one axis,
 * and charts of both sides. The comparison is embedded as JSON under the id `data`.
 */
export function comparisonHtml(
  { comparison, ...reports }: RenderedComparison,
  assets: PageAssets,
): string {
  const said = comparisonSummary(comparison, reports);
  const { headline, subject, method, sides, rows, statistics, plots, notes } = said;
  const [sideA, sideB] = sides;
  return renderPage({
    title: `${headline.word} · ${subject} · A against B`,
    main: html`<div class="comparison ${comparison.verdict}">${renderHeadline(headline, {
      subject: html`<strong>${subject}</strong> · ${method}`,
      status: null,
      facts: html`${sideA}<br>${sideB}`,
    })}</div>
${rows.length === 0 ? null : metricsSection(renderForestTable(rows, comparison.settings), statistics)}
${
  plots.length === 0
    ? null
    : html`<section aria-labelledby="charts"><h2 id="charts">Charts</h2><div class="charts">${plots.map(renderLinePlot)}</div></section>`
}
${
  notes.length === 0
    ? null
    : html`<section aria-labelledby="know"><h2 id="know">What to know</h2><ul class="know">${notes.map((note) => html`<li>${note}</li>`)}</ul></section>`
}
<footer><p>Written by serverless-order-load. The same data as JSON: <code>comparison.json</code>.</p></footer>`,
    data: embedJson({ comparison, plots: plotDataOf(plots) }),
    assets,
    isLive: false,
  });
}

function metricsSection(forest: Html, statistics: TextTable | null): Html {
  return html`<section aria-labelledby="figures"><h2 id="figures">Figures</h2>${forest}
${
  statistics === null
    ? null
    : html`<details class="statistics"><summary>${statistics.caption}</summary>${renderTextTable(statistics)}</details>`
}</section>`;
}
