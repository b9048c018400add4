import { formatCount } from '../report/format-figure.ts';
import { cellText } from '../text/cell-text.ts';
import type { TextTable } from '../text/statement.ts';
import { escapeMarkdown } from './escape-markdown.ts';

/** A table in GitHub's Markdown without its minor columns, with at most `mostRows` rows; nothing for no rows. */
export function tableMarkdown(
  { caption, columns, rows }: TextTable,
  mostRows: number,
): readonly string[] {
  const shown = rows.slice(0, mostRows);
  if (shown.length === 0) return [];
  const kept = columns.map((column, position) => ({ ...column, position }));
  const major = kept.filter(({ isMinor }) => !isMinor);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const more = rows.length - shown.length;
  return [
    `**${escapeMarkdown(caption)}**`,
    '',
    line(major.map(({ head }) => escapeMarkdown(head))),
    line(major.map(({ isNumber }) => (isNumber ? '---:' : '---'))),
    ...shown.map((row) =>
      line(major.map(({ position }) => escapeMarkdown(cellText(row[position] ?? '')))),
    ),
    ...(more > 0 ? ['', `${formatCount(more, 'more row')} in report.json.`] : []),
    '',
  ];
}
