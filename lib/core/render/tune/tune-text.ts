import { tuneSummary } from '../../summary/tune/tune-summary.ts';
import { escapeText } from '../../text/escape-text.ts';
import type { TuneResult } from '../../tune/schema/tune-schema.ts';
import { headlineLines, nextLines, type TextLook } from '../headline-lines.ts';
import { tableLines } from '../table-lines.ts';
import { wrapText } from '../wrap-text.ts';

/** What a sweep found, for the terminal: the answer, its tables, what to know, and what to do next. */
export function tuneText(result: TuneResult, look: TextLook): string {
  const { headline, status, subject, method, tables, pitfalls, notes } = tuneSummary(result);
  const line = (text: string, indent: string) => wrapText(escapeText(text), look.width, indent);
  const blocks = [
    headlineLines(headline, look, status),
    line(`  ${subject}: ${method}`, '  '),
    ...tables.map((table) =>
      tableLines(table, { ...look, width: look.width - 2 }).map((row) => `  ${row}`),
    ),
    [...pitfalls, ...notes].flatMap((note) => line(`  · ${note}`, '    ')),
    nextLines(headline, look),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}
