import { type Html, html } from './html.ts';

export interface PagePart {
  readonly name: string;
  /** Of the part's heading. */
  readonly id: string;
}

/** Links to the parts of a page. The link to the page of all results is only shown by the script, to readers who came from there. */
export function renderPageNav(parts: readonly PagePart[]): Html {
  const links = parts.map(({ name, id }) => html`<li><a href="#${id}">${name}</a></li>`);
  return html`<nav class="parts" aria-label="Parts of this page"><ul>${links}<li class="back" hidden><a href="../index.html">All results</a></li></ul></nav>`;
}
