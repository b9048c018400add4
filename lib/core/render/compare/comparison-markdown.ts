import type { Comparison } from '../../compare/comparison.ts';
import { comparisonSummary } from '../../summary/comparison/comparison-summary.ts';
import { escapeMarkdown } from '../escape-markdown.ts';
import { headlineMarkdown } from '../headline-markdown.ts';
import { tableMarkdown } from '../table-markdown.ts';

const plain = (text: string) => escapeMarkdown(text, Number.POSITIVE_INFINITY);

/** A comparison as Markdown, for a job summary or a pull request. */
export function comparisonMarkdown(comparison: Comparison): string {
  const { headline, subject, method, sides, table, notes } = comparisonSummary(comparison);
  return [
    ...headlineMarkdown(headline),
    ...(table === null ? [] : tableMarkdown(table, table.rows.length)),
    `${plain(`${subject}: ${method}`)}  `,
    ...sides.map((side, at) => plain(side) + (at === 0 ? '  ' : '')),
    '',
    ...(notes.length === 0 ? [] : [...notes.map((note) => `- ${plain(note)}`), '']),
  ].join('\n');
}
