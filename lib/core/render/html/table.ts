import { type Html, html } from './html.ts';

export interface Column<Row> {
  readonly head: string;
  /** Numbers are right-aligned. */
  readonly isNumber?: boolean;
  /** Left out on paper and on narrow screens. */
  readonly isMinor?: boolean;
  readonly cell: (row: Row, position: number) => Html | string;
}

/**
 * A table whose first column names its rows.
 * @param name of its region, if another table of the page has the same caption.
 */
export function renderTable<Row>(
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  name = caption,
): Html {
  // Said once for the table: a class on each of thousands of cells would be a third of a page.
  const isAllNumbers = columns.slice(1).every(({ isNumber }) => isNumber === true);
  const kind = ({ isNumber, isMinor }: Column<Row>) => {
    const classes = [...(isNumber && !isAllNumbers ? ['n'] : []), ...(isMinor ? ['minor'] : [])];
    return classes.length === 0 ? null : html` class="${classes.join(' ')}"`;
  };
  const head = columns.map((column) => html`<th scope="col"${kind(column)}>${column.head}</th>`);
  const body = rows.map(
    (row, position) =>
      html`<tr>${columns.map((column, index) =>
        index === 0
          ? html`<th scope="row">${column.cell(row, position)}</th>`
          : html`<td${kind(column)}>${column.cell(row, position)}</td>`,
      )}</tr>`,
  );
  // A wide table scrolls on its own, and needs the focus to be scrolled by keys.
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${name}"><table${isAllNumbers ? html` class="numbers"` : null}><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}
