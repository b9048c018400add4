import { createColors } from 'picocolors';
import type { CompareVerdict, Comparison, ComparisonSide } from '../../compare/comparison.ts';
import { formatCount } from '../../report/format-figure.ts';
import { escapeText } from '../../text/escape-text.ts';

export const VERDICT_MARKS: Readonly<Record<CompareVerdict, string>> = {
  regress: '✕',
  improve: '✓',
  'no-change': '✓',
  inconclusive: '?',
  incomparable: '?',
};

/** A comparison for the terminal. The first line is the verdict. */
export function comparisonText(
  comparison: Comparison,
  { colors: useColors }: { readonly colors: boolean },
): string {
  const colors = createColors(useColors);
  const paint: Readonly<Record<CompareVerdict, (text: string) => string>> = {
    regress: colors.red,
    improve: colors.green,
    'no-change': colors.green,
    inconclusive: colors.yellow,
    incomparable: colors.yellow,
  };
  const { verdict, headline, metrics, checks, notes, advice, incomparable } = comparison;
  const lines = [
    `${paint[verdict](colors.bold(verdict.toUpperCase()))}  ${escapeText(headline)}`,
    `${escapeText(comparison.scenario)} ${escapeText(comparison.profile)}, ${modeText(comparison)}`,
    `  A  ${sideText(comparison.a)}`,
    `  B  ${sideText(comparison.b)}`,
    '',
    ...(incomparable.length === 0
      ? []
      : incomparable.map((why) => `  ${paint.incomparable('?')} ${escapeText(why)}`)),
    ...metrics.map(
      (metric) => `  ${paint[metric.verdict](VERDICT_MARKS[metric.verdict])} ${metric.sentence}`,
    ),
    ...(metrics.length === 0
      ? []
      : checks.map(({ sentence }) => `  ${colors.dim('·')} ${sentence}`)),
    ...[...notes.map((note) => `Note: ${note}`), ...advice].flatMap((text) => ['', text]),
  ];
  return `${lines.join('\n')}\n`;
}

/** What is compared, and what the noise is estimated from. */
export function modeText({ mode, a, b, historyRuns }: Comparison): string {
  const history =
    historyRuns === 0
      ? 'without a history'
      : `with a history of ${formatCount(historyRuns, 'run')}`;
  switch (mode) {
    case 'duet':
      return 'two arms of one run, round by round';
    case 'candidate':
      return `${formatCount(b.runs.length, 'run')} against the history`;
    default:
      return `${a.runs.length} against ${formatCount(b.runs.length, 'run')}, ${history}`;
  }
}

export function sideText({ name, target, runs, commits, releases = [] }: ComparisonSide): string {
  const release = releases.length === 1 ? `, release ${releases[0]}` : '';
  const commit = commits.length === 1 ? `, commit ${(commits[0] as string).slice(0, 12)}` : '';
  return escapeText(`${name}: ${formatCount(runs.length, 'run')} of ${target}${release}${commit}`);
}
