import { visibleText } from './visible-text.ts';

/** A table as a reader sees it: each row begins with the name of the row. */
export interface PageTable {
  readonly caption: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The tables of a page made by this suite. */
export function pageTables(html: string): PageTable[] {
  return elements(html, 'table').map((table) => {
    const [head = '', ...bodies] = elements(table, 'thead|tbody');
    return {
      caption: textOf(elements(table, 'caption')[0] ?? ''),
      heads: cellsOf(head),
      rows: bodies.flatMap((body) => elements(body, 'tr').map(cellsOf)),
    };
  });
}

/** Label, value and note of each tile. */
export function pageTiles(html: string): { label: string; value: string; note: string }[] {
  return [...html.matchAll(/<div class="tile[^"]*">([\s\S]*?)<\/div>/g)].map(([, tile = '']) => {
    const [label = ''] = elements(tile, 'dt');
    const [value = '', note = ''] = elements(tile, 'dd').map(textOf);
    return { label: textOf(label.replace(/<span class="state">.*?<\/span>/, '')), value, note };
  });
}

function cellsOf(row: string): string[] {
  return elements(row, 'th|td').map(textOf);
}

/** The elements of a name, none inside another of that name. */
function elements(html: string, names: string): string[] {
  const pattern = new RegExp(`<(${names})\\b[^>]*>[\\s\\S]*?</\\1>`, 'g');
  return html.match(pattern) ?? [];
}

function textOf(markup: string): string {
  return visibleText(markup)
    .filter(({ element }) => element !== 'aria')
    .map(({ text }) => text)
    .join(' ');
}
