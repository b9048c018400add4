import { EXIT } from '../errors/user-error.ts';
import { escapeMarkdown } from '../render/escape-markdown.ts';
import { headlineMarkdown } from '../render/headline-markdown.ts';
import { tableMarkdown } from '../render/table-markdown.ts';
import { formatMs, formatRatio } from '../report/format-figure.ts';
import { comparisonSummary } from '../summary/comparison/comparison-summary.ts';
import { nightExitCode, nightHeadline } from './judge-night.ts';
import type { Night, NightRun, TrendOfSeries } from './night.ts';

const NAMES: Readonly<Record<number, string>> = {
  [EXIT.pass]: '✓ PASS',
  [EXIT.sloMissed]: '✕ FAIL',
  [EXIT.invalid]: '? INVALID',
};

const plain = (text: string) => escapeMarkdown(text, Number.POSITIVE_INFINITY);

/** A night as Markdown, for a job summary. */
export function renderNight(night: Night): string {
  const { startedAt, commit, runs, notRun } = night;
  const exitCode = nightExitCode(night);
  return [
    `# ${NAMES[exitCode] ?? `✕ exit code ${exitCode}`}: ${nightHeadline(night)}`,
    '',
    [
      `Night of ${startedAt}`,
      ...targetsOf(runs).map((target) => `target ${plain(target)}`),
      ...(commit === null ? [] : [`commit ${plain(commit.slice(0, 12))}`]),
    ].join(', '),
    '',
    '| step | verdict | success | p95 | report |',
    '|---|---|---|---|---|',
    ...runs.map(runRow),
    ...notRun.map((scenario) => `| ${scenario} | not run | – | – | – |`),
    '',
    ...runs.flatMap(({ folder, report, exitCode: code }) =>
      code === EXIT.pass || report === null ? [] : [reasonLine(folder, report), ''],
    ),
    ...comparisonLines(night),
    ...trendLines(night),
    ...suspicionLines(night),
  ].join('\n');
}

function reasonLine(folder: string, { reason, next }: NonNullable<NightRun['report']>): string {
  const todo = next === undefined ? '' : ` **Next:** ${plain(next)}.`;
  return `- ${folder}: ${plain(reason)}${todo}`;
}

function targetsOf(runs: readonly NightRun[]): string[] {
  return [...new Set(runs.flatMap(({ report }) => report?.target ?? []))].slice(0, 1);
}

function runRow({ scenario, purpose, folder, report, exitCode }: NightRun): string {
  const why = { first: '', again: ', again', confirm: ', to confirm' }[purpose];
  const verdict =
    exitCode !== null && exitCode in NAMES
      ? NAMES[exitCode]
      : `exit code ${exitCode ?? 'none: killed'}`;
  const success = report?.successRatio == null ? '–' : formatRatio(report.successRatio);
  const p95 = report?.p95Ms == null ? '–' : formatMs(report.p95Ms);
  const page = report === null ? '–' : `[${folder}](${folder}/report.html)`;
  return `| ${scenario}${why} | ${verdict} | ${success} | ${p95} | ${page} |`;
}

function comparisonLines({ comparison }: Night): string[] {
  const heading = ['## Compared with the history', ''];
  if ('notMade' in comparison) return [...heading, `Not made: ${plain(comparison.notMade)}.`, ''];
  const { headline, table, notes } = comparisonSummary(comparison);
  return [
    ...heading,
    ...headlineMarkdown(headline),
    ...(table === null ? [] : tableMarkdown(table, table.rows.length)),
    ...notes.map((text) => `- ${plain(text)}`),
    ...(notes.length === 0 ? [] : ['']),
    '[Page of the comparison](compare/comparison.html)',
    '',
  ];
}

function trendLines({ trends, noTrend }: Night): string[] {
  const heading = ['## Trend', ''];
  if (noTrend !== null) return [...heading, `Not made: ${plain(noTrend)}.`, ''];
  return [...heading, ...trends.map(trendLine), '', '[Charts](trend.html)', ''];
}

const TREND_TEXTS: Readonly<Record<TrendOfSeries['verdict'], string>> = {
  suspect: 'the newest run is worse than expected',
  changed: 'a change for the worse was found',
  unknown: 'too few runs at this level to judge every metric',
  steady: 'as expected',
};

function trendLine({ scenario, runs, verdict }: TrendOfSeries): string {
  return `- ${plain(scenario)}: **${verdict}**, ${TREND_TEXTS[verdict]} (${runs} runs)`;
}

function suspicionLines({ suspected, confirmed }: Night): string[] {
  if (suspected.length === 0) return [];
  const outcome =
    confirmed === null
      ? 'No rerun came to its end, so this is open.'
      : confirmed.length > 0
        ? 'The rerun showed it again: it is a regression.'
        : 'The rerun did not show it again: it does not fail the night.';
  return [
    '## Suspected regression',
    '',
    ...suspected.map(
      ({ scenario, from, sentence }) => `- ${scenario}, by ${from}: ${plain(sentence)}`,
    ),
    '',
    outcome,
    '',
  ];
}
