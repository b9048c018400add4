import { cellText } from '../../text/cell-text.ts';
import type { Cell, TextTable } from '../../text/statement.ts';
import { type Html, html } from './html.ts';
import { renderTable } from './table.ts';

/** A table of texts. A cell with a tone gets its color and mark. */
export function renderTextTable(table: TextTable): Html {
  return renderNamedTable(table, table.caption);
}

/** A table of texts whose region has another name than its caption, which another table of the page has too. */
export function renderNamedTable({ caption, columns, rows }: TextTable, name: string): Html {
  return renderTable<readonly Cell[]>(
    caption,
    columns.map(({ head, isNumber = false, isMinor = false }, position) => ({
      head,
      isNumber,
      isMinor,
      cell: (row) => renderCell(row[position] ?? ''),
    })),
    rows,
    name,
  );
}

/** A cell with its color and mark. */
export function renderCell(cell: Cell): Html | string {
  if (typeof cell === 'string') return cell;
  return html`<span class="${cell.tone}">${cellText(cell)}</span>`;
}
