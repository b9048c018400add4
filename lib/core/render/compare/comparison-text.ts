import type { Comparison } from '../../compare/comparison.ts';
import { comparisonSummary } from '../../summary/comparison/comparison-summary.ts';
import { escapeText } from '../../text/escape-text.ts';
import type { TextTable } from '../../text/statement.ts';
import { headlineLines, nextLines, type TextLook } from '../headline-lines.ts';
import { tableLines } from '../table-lines.ts';
import { wrapText } from '../wrap-text.ts';

/**
 * A comparison for the terminal. The first line has the verdict as in the JSON, in capitals, so that it can be searched
 * for.
 */
export function comparisonText(comparison: Comparison, look: TextLook): string {
  const { headline, subject, method, sides, table, notes } = comparisonSummary(comparison);
  const line = (text: string, indent: string) => wrapText(escapeText(text), look.width, indent);
  const blocks = [
    headlineLines({ ...headline, word: comparison.verdict }, look),
    [
      ...line(`  ${subject}: ${method}`, '  '),
      ...sides.flatMap((side) => line(`  ${side}`, '     ')),
    ],
    table === null ? [] : indented(table, look),
    notes.flatMap((note) => line(`  · ${note}`, '    ')),
    nextLines(headline, look),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function indented(table: TextTable, look: TextLook): string[] {
  return tableLines(table, { ...look, width: look.width - 2 }).map((line) => `  ${line}`);
}
