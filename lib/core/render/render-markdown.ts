import { answerTexts } from '../../questions/answer-texts.ts';
import type { AnsweredReport } from '../../questions/report-schema.ts';
import { scheduledOrders } from '../load/schedule.ts';
import { formatMs, formatRatio, formatUsd, groupDigits } from '../report/format-figure.ts';
import { failureTexts } from '../summary/run/failure-texts.ts';
import {
  limitText,
  observedText,
  outcomeCounts,
  PERCENTILES,
  percentileTexts,
  successText,
} from '../summary/run/figure-texts.ts';
import { sentRate } from '../summary/run/sent-rate.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { tableMarkdown } from './table-markdown.ts';

const MARKS = { pass: '✅', fail: '❌', invalid: '⚠️' } as const;

/** A comment on GitHub can hold 65,536 characters. */
const MAX_BYTES = 64 * 1024;
const MAX_REASONS = 12;
const MAX_ANSWER_LINES = 60;
const MAX_QUESTIONS = 8;
const MAX_FAILURES = 10;

/**
 * The report in GitHub's Markdown, for a pull request or a job summary: at most 64 KB. The first line is the
 * verdict with its first reason. Text from the target or the user is escaped.
 */
export function renderMarkdown(report: AnsweredReport): string {
  for (const answerLines of [MAX_ANSWER_LINES, 10, 0]) {
    const text = markdownOf(report, answerLines);
    if (utf8Bytes(text) <= MAX_BYTES) return text;
  }
  return `${verdictLines(report)[0]}\n`;
}

function markdownOf(report: AnsweredReport, answerLines: number): string {
  return `${[
    ...verdictLines(report),
    ...answerSections(report, answerLines),
    ...table(['Figure', 'Value'], figures(report)),
    ...table(['Service level', 'Required', 'Observed', ''], thresholds(report)),
    ...table(['Outcome', 'Orders', 'Share of offered'], outcomes(report)),
    ...table(['Failure', 'What', 'First response', 'Hint'], failures(report)),
    ...table(
      ['Latency', ...PERCENTILES],
      [
        ['success', ...percentileTexts(report.latencyMs.success)],
        ['all sent', ...percentileTexts(report.latencyMs.all)],
      ],
    ),
    `<sub>Run ${escapeMarkdown(report.run.id)}, ${escapeMarkdown(report.run.startedAt)}, suite ${escapeMarkdown(report.run.suiteVersion)}, k6 ${escapeMarkdown(report.run.k6Version)}</sub>`,
  ].join('\n')}\n`;
}

function verdictLines({ run, target }: AnsweredReport): string[] {
  const [first = '', ...others] = run.reasons;
  const part = run.status === 'completed' ? '' : ` (${run.status})`;
  const label = run.label === null ? '' : ` (${escapeMarkdown(run.label)})`;
  const more = others.length - MAX_REASONS;
  return [
    `### ${MARKS[run.verdict]} ${run.verdict.toUpperCase()}${part}: ${escapeMarkdown(first)}`,
    '',
    `${escapeMarkdown(run.scenario)} ${escapeMarkdown(run.profile)}${label} against ${escapeMarkdown(target.label)} ${escapeMarkdown(target.baseUrl)}${run.release === undefined ? '' : `, release ${escapeMarkdown(run.release)}`}`,
    '',
    ...others.slice(0, MAX_REASONS).map((reason) => `- ${escapeMarkdown(reason)}`),
    ...(more > 0 ? [`- and ${more} more`] : []),
    ...(others.length > 0 ? [''] : []),
  ];
}

/** The answer is visible; the figures behind it are folded away. */
function answerSections(report: AnsweredReport, maxLines: number): string[] {
  return answerTexts(report)
    .slice(0, MAX_QUESTIONS)
    .flatMap(({ question, lines: [answer = '', ...rest], tables = [] }) => {
      const shown = rest.slice(0, maxLines);
      const more = rest.length - shown.length;
      const details = [
        ...shown.map((line) => `- ${escapeMarkdown(line.trim())}`),
        ...(more > 0 ? [`- and ${more} more lines, in report.json`] : []),
        ...(shown.length > 0 ? [''] : []),
        ...tables.flatMap((one) => tableMarkdown(one, maxLines)),
      ];
      return [
        `**${escapeMarkdown(question)}** ${escapeMarkdown(answer)}`,
        '',
        ...(details.length === 0
          ? []
          : ['<details><summary>Details</summary>', '', ...details, '</details>', '']),
      ];
    });
}

function figures(report: AnsweredReport): string[][] {
  const { requests, load, lambda, generator, cost } = report;
  const { coldStarts, throttles } = lambda;
  return [
    ['Success', successText(report)],
    [
      'Orders offered',
      `${groupDigits(requests.offered)} of ${groupDigits(scheduledOrders(load.stages))} planned, ${groupDigits(requests.dropped)} dropped`,
    ],
    ['Rate while loaded', sentRate(report) ?? 'no orders were sent'],
    ...(coldStarts.value === null ? [] : [['Cold starts', groupDigits(coldStarts.value)]]),
    ...(throttles.value === null ? [] : [['Throttles', groupDigits(throttles.value)]]),
    ...(generator.cpuMicrosPerOrder === null
      ? []
      : [['Load generator', `${Math.round(generator.cpuMicrosPerOrder)} µs of CPU per order`]]),
    ...(generator.peakInFlight === undefined
      ? []
      : [
          [
            'Orders in flight',
            `at most ${groupDigits(generator.peakInFlight)} of ${groupDigits(load.maxInFlight ?? load.maxVUs)} allowed`,
          ],
        ]),
    ...(generator.latenessMs === undefined
      ? []
      : [['Lateness', `p99 ${formatMs(generator.latenessMs.p99)}`]]),
    [
      cost.hypothetical ? 'Would cost on AWS' : 'Costs about',
      `${formatUsd(cost.after.totalUsd)} (prices of ${escapeMarkdown(cost.priceListDate)})`,
    ],
  ];
}

function thresholds(report: AnsweredReport): string[][] {
  return report.thresholds.map((threshold) => [
    escapeMarkdown(threshold.name),
    limitText(threshold),
    observedText(threshold),
    report.run.verdict === 'invalid' ? 'not judged' : threshold.ok ? 'met' : '**missed**',
  ]);
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
