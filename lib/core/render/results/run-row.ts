import type { PageRun } from '../../summary/results/page-run.ts';
import {
  RUN_COLUMNS,
  type RunColumn,
  reportHrefWithBack,
} from '../../summary/results/run-columns.ts';
import { VERDICT_TEXTS } from '../../summary/run/verdict-texts.ts';
import { type Html, html } from '../html/html.ts';

/** A row of the table of runs, as `lib/page/run-rows.ts` makes it once its script runs. */
export function renderRunRow(run: PageRun): Html {
  const cells = RUN_COLUMNS.map((column, position) => {
    const content = contentOf(column, run);
    if (position === RUN_COLUMNS.length - 1) return html`<th scope="row">${content}</th>`;
    return html`<td${column.kind === 'number' ? html` class="n"` : null}>${content}</td>`;
  });
  return html`<tr><td></td>${cells}</tr>`;
}

function contentOf({ kind, text }: RunColumn, run: PageRun): Html | string {
  const shown = text(run);
  if (kind === 'code') return html`<code>${shown}</code>`;
  if (kind === 'time') return html`<time datetime="${run.startedAt}">${shown}</time>`;
  if (kind !== 'verdict') return shown;
  const href = reportHrefWithBack(run);
  const { tone } = VERDICT_TEXTS[run.verdict];
  return href === null
    ? html`<span class="${tone}" title="${run.reason}">${shown}</span>`
    : html`<a class="${tone}" href="${href}" title="${run.reason}">${shown}</a>`;
}
