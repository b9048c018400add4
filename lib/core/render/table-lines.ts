import { createColors } from 'picocolors';
import { cellText } from '../text/cell-text.ts';
import { escapeText } from '../text/escape-text.ts';
import type { Cell, TextColumn, TextTable } from '../text/statement.ts';
import { type TextLook, tonePaint } from './headline-lines.ts';
import { wrapText } from './wrap-text.ts';

const GAP = 2;
/** A column of words is not made narrower than this. */
const FEWEST_COLUMNS = 20;

interface FittedColumn extends TextColumn {
  readonly position: number;
  width: number;
}

/**
 * A table for a terminal: its caption, its heads and its rows. Where it is too wide, minor columns are left out, then
 * the widest columns of words are wrapped.
 */
export function tableLines({ caption, columns, rows }: TextTable, look: TextLook): string[] {
  const paint = createColors(look.colors);
  const fitted = fitColumns(columns, rows, look.width);
  const heads = fitted.map((column) => aligned(escapeText(column.head), column));
  return [
    escapeText(caption),
    paint.dim(heads.join(' '.repeat(GAP)).trimEnd()),
    ...rows.flatMap((row) => rowLines(row, fitted, look)),
  ];
}

function fitColumns(
  columns: readonly TextColumn[],
  rows: readonly (readonly Cell[])[],
  width: number,
): readonly FittedColumn[] {
  const all = columns.map((column, position) => ({
    ...column,
    position,
    width: Math.max(
      column.head.length,
      ...rows.map((row) => plainText(row[position] ?? '').length),
    ),
  }));
  const shown = excessOf(all, width) > 0 ? all.filter(({ isMinor }) => !isMinor) : all;
  for (let excess = excessOf(shown, width); excess > 0; excess -= 1) {
    const [widest] = shown
      .filter((column) => !column.isNumber && column.width > FEWEST_COLUMNS)
      .sort((a, b) => b.width - a.width);
    if (widest === undefined) break;
    widest.width -= 1;
  }
  return shown;
}

function excessOf(columns: readonly FittedColumn[], width: number): number {
  return columns.reduce((sum, column) => sum + column.width, (columns.length - 1) * GAP) - width;
}

function rowLines(
  row: readonly Cell[],
  columns: readonly FittedColumn[],
  { colors }: TextLook,
): string[] {
  const wrapped = columns.map(({ position, width }) =>
    wrapWords(plainText(row[position] ?? ''), width),
  );
  const height = Math.max(...wrapped.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) =>
    columns
      .map((column, index) => {
        const cell = row[column.position] ?? '';
        const text = aligned(wrapped[index]?.[line] ?? '', column);
        return typeof cell === 'string' ? text : tonePaint(cell.tone, colors)(text);
      })
      .join(' '.repeat(GAP))
      .trimEnd(),
  );
}

function wrapWords(text: string, width: number): string[] {
  return text.length <= width ? [text] : wrapText(text, width, '');
}

function plainText(cell: Cell): string {
  return escapeText(cellText(cell));
}

function aligned(text: string, { isNumber, width }: FittedColumn): string {
  return isNumber ? text.padStart(width) : text.padEnd(width);
}
