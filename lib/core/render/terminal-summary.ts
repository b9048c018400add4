import { createColors } from 'picocolors';
import type { AnswerText } from '../../questions/question.ts';
import type { AnsweredReport } from '../../questions/report-schema.ts';
import {
  formatDuration,
  formatMsAgainst,
  formatRatio,
  groupDigits,
} from '../report/format-figure.ts';
import type { LatencyStats } from '../report/schema/latency-schema.ts';
import { failureTexts } from '../summary/run/failure-texts.ts';
import { outcomeCounts, PERCENTILES, percentileTexts } from '../summary/run/figure-texts.ts';
import { p95OverTime } from '../summary/run/p95-over-time.ts';
import { retryLines } from '../summary/run/retry-lines.ts';
import { runSummary } from '../summary/run/run-summary.ts';
import { sideFigures } from '../summary/run/side-figures.ts';
import { subjectText } from '../summary/run/subject-text.ts';
import { escapeText } from '../text/escape-text.ts';
import { formatMsLimit } from '../text/format-limit.ts';
import { type Tile, TONE_MARKS } from '../text/statement.ts';
import { bar } from './bar.ts';
import { headlineLines, nextLines, type TextLook, tonePaint } from './headline-lines.ts';
import { sparkline } from './sparkline.ts';
import { tableLines } from './table-lines.ts';
import { wrapText } from './wrap-text.ts';

export interface SummaryOptions extends TextLook {
  /** The written page, or null. */
  readonly page?: WrittenPage | null;
}

/** Where the page of a run was written. */
export interface WrittenPage {
  /** Its path, as a person reads it. */
  readonly path: string;
  /** Its address for a terminal that shows links; null for one that does not. */
  readonly url: string | null;
}

const LABEL_WIDTH = 18;
const BAR_WIDTH = 24;
const MOST_POINTS = 60;
/** Most ways in which orders failed that the terminal shows. */
const MOST_FAILURES = 5;

/** The result of a run for the terminal. The first line begins with the outcome; the last one is the written page. */
export function renderSummary(report: AnsweredReport, options: SummaryOptions): string {
  const paint = createColors(options.colors);
  const { headline, status, subject, tiles, smallTiles, answers } = runSummary(report);
  const side = sideFigures(report).flatMap(([name, text]) => row(name, escapeText(text), options));
  const blocks = [
    headlineLines(headline, options, status),
    wrapText(
      `${subjectText(subject, escapeText)}, run ${escapeText(subject.runId)}`,
      options.width,
      '  ',
    ).map(paint.dim),
    [...tiles, ...smallTiles.slice(0, 1)].flatMap((tile) => tileLines(tile, options)),
    courseLines(report, options),
    outcomeLines(report, options),
    failureRows(report, options),
    ...answers.map((answer) => answerLines(answer, options)),
    latencyLines(report, options),
    side.map(paint.dim),
    nextLines(headline, options),
    options.page ? [linkTo(options.page)] : [],
  ].filter((lines) => lines.length > 0);
  const lines = blocks.map((block) => block.map((line) => line.trimEnd()).join('\n'));
  return `${lines.join('\n\n')}\n`;
}

function tileLines({ label, value, note, state }: Tile, look: TextLook): string[] {
  const mark =
    state === undefined ? '' : `${TONE_MARKS[state === 'met' ? 'good' : 'bad']} ${state}`;
  const paint = tonePaint(state === 'missed' ? 'bad' : 'good', look.colors);
  const shown = state === undefined ? escapeText(value) : paint(`${escapeText(value)}  ${mark}`);
  const text = note === '' ? shown : `${shown}  ${createColors(look.colors).dim(escapeText(note))}`;
  return row(label, text, look);
}

/** The p95 over the run in one line, and what its height means. */
function courseLines(report: AnsweredReport, look: TextLook): string[] {
  const columns = Number.isFinite(look.width) ? look.width - LABEL_WIDTH : MOST_POINTS;
  const course = p95OverTime(report, Math.max(10, Math.min(MOST_POINTS, columns)));
  if (course === null) return [];
  const { valuesMs, spanMs, worst } = course;
  const { p95Ms } = report.load.slo;
  const { dim } = createColors(look.colors);
  const paint = tonePaint(worst.ms > p95Ms ? 'bad' : 'good', look.colors);
  const facts = `0 to ${formatDuration(valuesMs.length * spanMs)}; highest ${formatMsAgainst(worst.ms, p95Ms)} ${worst.fromMs === 0 ? 'at the start' : `at ${formatDuration(worst.fromMs)}`} (SLO ${formatMsLimit(p95Ms)})`;
  return [
    `${'p95 over time'.padEnd(LABEL_WIDTH)}${paint(sparkline(valuesMs, worst.ms))}`,
    ...row('', facts, look).map(dim),
  ];
}

/** Nothing if all orders had the same outcome: then success says it. */
function outcomeLines(report: AnsweredReport, look: TextLook): string[] {
  const counts = outcomeCounts(report).filter(({ count }) => count > 0);
  if (counts.length < 2) return [];
  const barWidth = Math.max(8, Math.min(BAR_WIDTH, look.width - 46));
  return counts.map(({ name, count, share }) => {
    const figures = `${groupDigits(count).padStart(9)} ${formatRatio(share).padStart(8)}`;
    return `${name.padEnd(LABEL_WIDTH)}${figures}  ${bar(share, barWidth)}`;
  });
}

function failureRows(report: AnsweredReport, look: TextLook): string[] {
  const { reasons } = report.run;
  return [
    ...failureTexts(report, MOST_FAILURES).flatMap(({ outcome, what, example, hint }) => {
      // A long hint is shown once.
      const isSaid = reasons.some((reason) => reason.includes(hint));
      const more = [example, isSaid ? '' : hint].filter(Boolean);
      return [
        ...row(outcome, escapeText(what), look),
        ...more.flatMap((text) => row('', escapeText(text), look)),
      ];
    }),
    ...retryLines(report).flatMap(([label, text]) => row(label, text, look)),
  ];
}

function answerLines({ question, lines, tables = [] }: AnswerText, look: TextLook): string[] {
  return [
    createColors(look.colors).bold(escapeText(question)),
    ...lines.flatMap((line) => wrapText(`  ${escapeText(line)}`, look.width, '    ')),
    ...tables.flatMap((table) => ['', ...tableLines(table, look)]),
  ];
}

/** The latency of all sent orders is left out where it is that of the stored ones. */
function latencyLines({ latencyMs }: AnsweredReport, { colors }: TextLook): string[] {
  const columns = (texts: readonly string[]) => texts.map((text) => text.padStart(10)).join('');
  const line = (label: string, stats: LatencyStats) =>
    `${label.padEnd(LABEL_WIDTH)}${columns(stats.count === 0 ? ['–'] : percentileTexts(stats))}`;
  const { success, all } = latencyMs;
  return [
    createColors(colors).dim(`${'latency'.padEnd(LABEL_WIDTH)}${columns(PERCENTILES)}`),
    line('  stored', success),
    ...(all.count === success.count ? [] : [line('  all sent', all)]),
  ];
}

/** A figure with its name; further lines begin below the text. */
function row(label: string, text: string, { width }: TextLook): string[] {
  const name = `${escapeText(label).padEnd(LABEL_WIDTH - 1)} `;
  return wrapText(text, width - LABEL_WIDTH, '').map(
    (line, position) => `${position === 0 ? name : ' '.repeat(LABEL_WIDTH)}${line}`,
  );
}

/** OSC 8: https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda */
function linkTo({ path, url }: WrittenPage): string {
  const text = escapeText(path);
  return url === null ? text : `\u001b]8;;${url}\u001b\\${text}\u001b]8;;\u001b\\`;
}
