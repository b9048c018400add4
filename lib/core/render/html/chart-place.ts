import { type Html, html } from './html.ts';

export interface ChartPlace {
  /** Unique on its page. */
  readonly id: string;
  readonly title: string;
  /** How to read it. */
  readonly note: string;
  /** The chart in one sentence, for a screen reader. */
  readonly summary: string;
  /** The same figures. */
  readonly table: Html;
}

/**
 * A place in which the page's script draws a chart, with its figures in a table, which also serves without a script.
 * @param key the attribute by which the script finds the data of the chart, such as `data-plot="rates"`.
 */
export function renderChartPlace({ id, title, note, summary, table }: ChartPlace, key: Html): Html {
  return html`<figure class="chart" id="chart-${id}">
<figcaption><h3>${title}</h3><p class="note">${note}</p></figcaption>
<div class="plot" ${key} role="group" aria-roledescription="chart" tabindex="0" aria-label="${title}. ${summary} Left and right arrow keys move the crosshair, plus and minus zoom, 0 shows everything again; the table below has the same figures."></div>
<details><summary>${title} as a table</summary>${table}</details>
</figure>`;
}
