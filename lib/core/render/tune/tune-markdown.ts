import { tuneSummary } from '../../summary/tune/tune-summary.ts';
import type { TuneResult } from '../../tune/schema/tune-schema.ts';
import { escapeMarkdown } from '../escape-markdown.ts';
import { headlineMarkdown } from '../headline-markdown.ts';
import { tableMarkdown } from '../table-markdown.ts';

const plain = (text: string) => escapeMarkdown(text, Number.POSITIVE_INFINITY);

/** Rows of a table; a comment on a pull request should fit a screen. */
const MOST_ROWS = 24;

/** What a sweep found as Markdown, for a job summary or a pull request: the first table in sight, the others folded. */
export function tuneMarkdown(result: TuneResult): string {
  const { headline, status, subject, method, tables, moreTables, pitfalls, notes } =
    tuneSummary(result);
  const [first, ...others] = [...tables, ...moreTables].map((table) =>
    tableMarkdown(table, MOST_ROWS),
  );
  const points = [...pitfalls, ...notes].map((note) => `- ${plain(note)}`);
  return [
    ...headlineMarkdown(headline),
    ...(first ?? []),
    plain(`${subject}: ${method}${status === null ? '' : ` (${status})`}`),
    '',
    ...(others.length === 0
      ? []
      : ['<details><summary>More figures</summary>', '', ...others.flat(), '</details>', '']),
    ...(points.length === 0 ? [] : [...points, '']),
  ].join('\n');
}
