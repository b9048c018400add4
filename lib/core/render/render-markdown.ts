import type { AnswerText } from '../../questions/question.ts';
import type { AnsweredReport } from '../../questions/report-schema.ts';
import { formatRatio, groupDigits } from '../report/format-figure.ts';
import { failureTexts } from '../summary/run/failure-texts.ts';
import { outcomeCounts, PERCENTILES, percentileTexts } from '../summary/run/figure-texts.ts';
import { type RunSummary, runSummary } from '../summary/run/run-summary.ts';
import { sideFigures } from '../summary/run/side-figures.ts';
import { subjectText } from '../summary/run/subject-text.ts';
import type { Tile } from '../text/statement.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { headlineMarkdown } from './headline-markdown.ts';
import { tableMarkdown } from './table-markdown.ts';

/** A comment on GitHub can hold 65,536 characters. */
const MAX_BYTES = 64 * 1024;
const MAX_ROWS = 60;
const MAX_QUESTIONS = 8;
const MAX_FAILURES = 10;

/**
 * The report in GitHub's Markdown, for a pull request or a job summary: at most 64 KB. The first screen has the outcome,
 * what to do next, the figures that decided and the answer; all else is folded away. Text from the target or the user
 * is escaped.
 */
export function renderMarkdown(report: AnsweredReport): string {
  const summary = runSummary(report);
  for (const rows of [MAX_ROWS, 10, 0]) {
    const text = `${markdownLines(report, summary, rows).join('\n')}\n`;
    if (utf8Bytes(text) <= MAX_BYTES) return text;
  }
  return `${headlineMarkdown({ ...summary.headline, others: [], next: [] })[0]}\n`;
}

function markdownLines(report: AnsweredReport, summary: RunSummary, rows: number): string[] {
  const { headline, status, subject, tiles, smallTiles } = summary;
  const answers = summary.answers.slice(0, MAX_QUESTIONS);
  const word = status === null ? headline.word : `${headline.word} (${status})`;
  const { run } = report;
  return [
    ...headlineMarkdown({ ...headline, word }),
    subjectText(subject, (text) => escapeMarkdown(text)),
    '',
    ...table(['', 'Value', '', ''], [...tiles, ...smallTiles.slice(0, 1)].map(tileRow)),
    ...answers.flatMap((answer) => leadOf(answer)),
    '<details><summary>All figures</summary>',
    '',
    ...answers.flatMap((answer) => restOf(answer, rows)),
    ...table(['Outcome', 'Orders', 'Share of offered'], outcomes(report)),
    ...table(['Failure', 'What', 'First response', 'Hint'], failures(report)),
    ...table(['Latency', ...PERCENTILES], latencies(report)),
    ...table(['Figure', 'Value'], sideRows(report)),
    `<sub>Run ${escapeMarkdown(run.id)}, ${escapeMarkdown(run.startedAt)}, suite ${escapeMarkdown(run.suiteVersion)}, k6 ${escapeMarkdown(run.k6Version)}</sub>`,
    '',
    '</details>',
  ];
}

function tileRow({ label, value, note, state }: Tile): string[] {
  const met = { met: '✅ met', missed: '❌ **missed**' };
  return [
    escapeMarkdown(label),
    `**${escapeMarkdown(value)}**`,
    state === undefined ? '' : met[state],
    escapeMarkdown(note),
  ];
}

/** The question with the first line of its answer; what the outcome says already is left out. */
function leadOf({ question, lines: [lead], isSaid }: AnswerText): string[] {
  return isSaid || lead === undefined
    ? []
    : [`**${escapeMarkdown(question)}** ${escapeMarkdown(lead)}`, ''];
}

function restOf({ question, lines, tables = [], isSaid }: AnswerText, most: number): string[] {
  const isAbove = !isSaid && lines.length > 0;
  const rest = isAbove ? lines.slice(1) : lines;
  const shown = rest.slice(0, most);
  const parts = [
    ...shown.map((line) => `- ${escapeMarkdown(line.trim())}`),
    ...moreLine(rest.length - shown.length),
    ...(rest.length === 0 ? [] : ['']),
    ...tables.flatMap((one) => tableMarkdown(one, most)),
  ];
  const head = isAbove ? [] : [`**${escapeMarkdown(question)}**`, ''];
  return parts.length === 0 ? [] : [...head, ...parts];
}

function moreLine(count: number): string[] {
  return count > 0 ? [`- and ${count} more, in report.json`] : [];
}

function outcomes(report: AnsweredReport): string[][] {
  return outcomeCounts(report)
    .filter(({ count }) => count > 0)
    .map(({ name, count, share }) => [name, groupDigits(count), formatRatio(share)]);
}

function failures(report: AnsweredReport): string[][] {
  return failureTexts(report, MAX_FAILURES).map(({ outcome, what, example, hint }) =>
    [outcome, what, example, hint].map((text) => escapeMarkdown(text)),
  );
}

function latencies({ latencyMs: { success, all } }: AnsweredReport): string[][] {
  return [
    ['stored', ...percentileTexts(success)],
    ...(all.count === success.count ? [] : [['all sent', ...percentileTexts(all)]]),
  ];
}

function sideRows(report: AnsweredReport): string[][] {
  return sideFigures(report).map(([name, text]) => [name, escapeMarkdown(text)]);
}

/** A table of cells that are Markdown already; nothing if it has no rows. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'));
  return [line(head), line(rule), ...rows.map(line), ''];
}

/** Upper bound of the size as UTF-8: three bytes for each UTF-16 unit beyond ASCII. */
function utf8Bytes(text: string): number {
  return text.length + 2 * text.replace(/[\0-\x7f]/g, '').length;
}
