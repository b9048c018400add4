import { createColors } from 'picocolors';
import { answerTexts } from '../../questions/answer-texts.ts';
import type { AnsweredReport } from '../../questions/report-schema.ts';
import {
  formatCount,
  formatMs,
  formatRatio,
  formatUsd,
  groupDigits,
} from '../report/format-figure.ts';
import type { Verdict } from '../report/schema/report-schema.ts';
import { failureTexts } from '../summary/run/failure-texts.ts';
import {
  connectionsText,
  latenessText,
  outcomeCounts,
  PERCENTILES,
  percentileTexts,
  successText,
} from '../summary/run/figure-texts.ts';
import { retryLines } from '../summary/run/retry-lines.ts';
import { sentRate } from '../summary/run/sent-rate.ts';
import { escapeText } from '../text/escape-text.ts';
import { formatMsLimit, formatRatioLimit } from '../text/format-limit.ts';
import { bar } from './bar.ts';
import type { TextLook } from './headline-lines.ts';
import { tableLines } from './table-lines.ts';

export interface SummaryOptions {
  readonly colors: boolean;
  /** Width of the terminal in columns. */
  readonly width: number;
  /** Path of the written report, or null. */
  readonly reportPath?: string | null;
}

const BAR_WIDTH = 24;
const LABEL_WIDTH = 18;
/** Most ways in which orders failed that the terminal shows. */
const MOST_FAILURES = 5;

/** The result of a run for the terminal. The first line is the verdict with its first reason. */
export function renderSummary(report: AnsweredReport, options: SummaryOptions): string {
  const paint = createColors(options.colors);
  const verdictColor: Record<Verdict, (text: string) => string> = {
    pass: paint.green,
    fail: paint.red,
    invalid: paint.yellow,
  };
  const { run, target } = report;
  const [first = '', ...others] = run.reasons.map(escapeText);
  const part = run.status === 'interrupted' ? ' (interrupted)' : '';
  const verdict = verdictColor[run.verdict](paint.bold(`${run.verdict.toUpperCase()}${part}`));
  const label = run.label === null ? '' : ` (${run.label})`;
  const title = `${run.scenario} ${run.profile}${label} against ${target.label} ${target.baseUrl}${run.release === undefined ? '' : `, release ${run.release}`}`;
  const lines = [
    `${verdict} ${first}`,
    ...others.map((reason) => `  ${paint.dim('·')} ${reason}`),
    '',
    paint.dim(escapeText(`${title}, run ${run.id}`)),
    '',
    ...answerLines(report, options),
    ...outcomeLines(report, Math.max(8, Math.min(BAR_WIDTH, options.width - 46))),
    ...failureRows(report),
    ...retryLines(report).map(([label, text]) => row(label, text)),
    '',
    ...latencyLines(report),
    '',
    ...figureLines(report),
  ];
  if (options.reportPath) lines.push(row('report', escapeText(options.reportPath)));
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function answerLines(report: AnsweredReport, look: TextLook): string[] {
  const texts = answerTexts(report);
  if (texts.length === 0) return [];
  return texts.flatMap(({ question, lines, tables = [] }) => [
    question,
    ...lines.map((line) => `  ${escapeText(line)}`),
    ...tables.flatMap((table) => ['', ...tableLines(table, look)]),
    '',
  ]);
}

function outcomeLines(report: AnsweredReport, barWidth: number): string[] {
  const { offered, total } = report.requests;
  return [
    row('success', successText(report)),
    row('offered', `${formatCount(offered, 'order')}, ${groupDigits(total)} sent, ${rate(report)}`),
    ...outcomeCounts(report)
      .filter(({ count }) => count > 0)
      .map(({ name, count, share }) =>
        row(
          `  ${name}`,
          `${groupDigits(count).padStart(9)} ${formatRatio(share).padStart(8)}  ${bar(share, barWidth)}`,
        ),
      ),
  ];
}

function failureRows(report: AnsweredReport): string[] {
  const texts = failureTexts(report, MOST_FAILURES);
  if (texts.length === 0) return [];
  return [
    'failures',
    ...texts.flatMap(({ outcome, what, example, hint }) => {
      // A long hint is shown once.
      const isSaid = report.run.reasons.some((reason) => reason.includes(hint));
      return [
        row(`  ${outcome}`, escapeText(what)),
        ...[example, isSaid ? '' : hint].filter(Boolean).map((text) => row('', escapeText(text))),
      ];
    }),
  ];
}

function latencyLines({ latencyMs, load }: AnsweredReport): string[] {
  const columns = (texts: readonly string[]) => texts.map((text) => text.padStart(10)).join('');
  const values = (stats: AnsweredReport['latencyMs']['all']) =>
    columns(stats.count === 0 ? ['–'] : percentileTexts(stats));
  return [
    row('latency', columns(PERCENTILES)),
    row('  success', values(latencyMs.success)),
    row('  all sent', values(latencyMs.all)),
    row(
      '  SLO',
      `p95 at most ${formatMsLimit(load.slo.p95Ms)}, success at least ${formatRatioLimit(load.slo.successRatio)}`,
    ),
  ];
}

function figureLines({ connection, lambda, generator, cost, run }: AnsweredReport): string[] {
  const lines: string[] = [];
  const connections = connectionsText(connection);
  if (connections !== null) lines.push(row('connections', connections));
  if (lambda.coldStarts.value !== null) {
    const share = lambda.coldStartRatio.value;
    const init = lambda.initMs;
    lines.push(
      row(
        'cold starts',
        `${groupDigits(lambda.coldStarts.value)}${share === null ? '' : ` (${formatRatio(share)} of responses)`}` +
          (init === null ? '' : `, init p50 ${formatMs(init.p50)}, p95 ${formatMs(init.p95)}`),
      ),
    );
  }
  if (lambda.platform !== undefined) lines.push(...platformLines(lambda.platform));
  if (lambda.concurrency.value !== null) {
    const peak = lambda.peakConcurrency.value;
    lines.push(
      row(
        'concurrency',
        `${formatLevel(lambda.concurrency.value)} on average${peak === null ? '' : `, ${formatLevel(peak)} in the busiest window`} (derived)`,
      ),
    );
  }
  if (generator.cpuSeconds !== null) {
    const perOrder = generator.cpuMicrosPerOrder;
    lines.push(
      row(
        'generator',
        `${generator.cpuSeconds.toFixed(1)} s CPU${perOrder === null ? '' : `, ${Math.round(perOrder)} µs per order`}${
          generator.peakRssBytes === null
            ? ''
            : `, at most ${Math.round(generator.peakRssBytes / 2 ** 20)} MiB`
        }, k6 ${escapeText(run.k6Version)}`,
      ),
    );
  }
  const lateness = latenessText(generator);
  if (lateness !== null) {
    lines.push(
      row(
        '  lateness',
        `${lateness}${generator.peakInFlight === undefined ? '' : `; at most ${groupDigits(generator.peakInFlight)} in flight`}`,
      ),
    );
  }
  const verb = cost.hypothetical ? '$0 locally; about' : 'about';
  lines.push(
    row(
      'cost',
      `${verb} ${formatUsd(cost.after.totalUsd)}${cost.hypothetical ? ' on AWS' : ''} (an estimate, with prices of ${cost.priceListDate})`,
    ),
  );
  return lines;
}

function platformLines({
  problem,
  agreement,
}: NonNullable<AnsweredReport['lambda']['platform']>): string[] {
  if (problem !== null) return [row('platform', `could not be read: ${escapeText(problem)}`)];
  return agreement.map(({ note }, index) => row(index === 0 ? 'platform' : '', note));
}

/** Small levels keep a second decimal, so 0.04 is not shown as 0.0. */
const formatLevel = (value: number) => value.toFixed(value < 10 ? 2 : 1);
function rate(report: AnsweredReport): string {
  const sent = sentRate(report);
  return sent === null ? 'nothing was sent' : `${sent} while loaded`;
}
const row = (label: string, text: string) => `${label.padEnd(LABEL_WIDTH)}${text}`;
