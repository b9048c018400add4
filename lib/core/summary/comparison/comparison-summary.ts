import type { CompareVerdict, Comparison, ComparisonSide } from '../../compare/comparison.ts';
import { formatCount } from '../../report/format-figure.ts';
import type { LinePlot } from '../../text/line-plot.ts';
import type { Headline, TextTable, Tone } from '../../text/statement.ts';
import { type ComparedReports, comparisonPlots } from './comparison-plots.ts';
import { type MetricRow, metricRows, metricTable, statisticsTable } from './metric-rows.ts';

/** What a comparison says. No text is escaped. */
export interface ComparisonSummary {
  readonly headline: Headline;
  /** What was compared: "spike, standard against quick". */
  readonly subject: string;
  /** How, and what the noise was estimated from: "one run against one run, without a history". */
  readonly method: string;
  /** What A is, and what B is. */
  readonly sides: readonly [a: string, b: string];
  /** One for each metric; none for sides that cannot be compared. */
  readonly rows: readonly MetricRow[];
  /** The rows as a table: metric, A, B, change, interval, verdict. Null without rows. */
  readonly table: TextTable | null;
  /** What decided each verdict. Null without rows. */
  readonly statistics: TextTable | null;
  /** What the reader needs to know to trust the verdict. */
  readonly notes: readonly string[];
  readonly plots: readonly LinePlot[];
}

const WORDS: Readonly<Record<CompareVerdict, { readonly tone: Tone; readonly word: string }>> = {
  regress: { tone: 'bad', word: 'Worse' },
  improve: { tone: 'good', word: 'Better' },
  'no-change': { tone: 'good', word: 'No change' },
  inconclusive: { tone: 'open', word: 'Can’t say yet' },
  incomparable: { tone: 'open', word: 'Not comparable' },
};

/** What a comparison says, for every way to show it. Without reports it has no plots. */
export function comparisonSummary(
  comparison: Comparison,
  reports: ComparedReports = { a: [], b: [] },
): ComparisonSummary {
  const { verdict, reasons, next, a, b, checks, notes } = comparison;
  const [reason = '', ...others] = reasons;
  const isComparable = comparison.incomparable.length === 0;
  const rows = metricRows(comparison);
  return {
    headline: { ...WORDS[verdict], reason, others, next },
    subject: subjectOf(comparison),
    method: methodOf(comparison),
    sides: [`A  ${sideText('A', a)}`, `B  ${sideText('B', b)}`],
    rows,
    table: rows.length === 0 ? null : metricTable(rows),
    statistics: rows.length === 0 ? null : statisticsTable(comparison),
    notes: isComparable ? [...checks.map(({ sentence }) => sentence), ...notes] : [],
    plots: comparisonPlots(reports),
  };
}

/** Scenario and profile, of both sides where they differ. */
function subjectOf({ scenario, profile, a }: Comparison): string {
  const scenarioA = a.scenario ?? scenario;
  const profileA = a.profile ?? profile;
  if (scenarioA !== scenario) return `${scenarioA} ${profileA} against ${scenario} ${profile}`;
  return profileA === profile
    ? `${scenario} ${profile}`
    : `${scenario}, ${profileA} against ${profile}`;
}

function methodOf({ mode, a, b, historyRuns }: Comparison): string {
  switch (mode) {
    case 'duet':
      return 'two arms of one run, round by round';
    case 'candidate':
      return `${formatCount(b.runs.length, 'run')} against ${historyRuns === 0 ? 'the history' : `a history of ${formatCount(historyRuns, 'run')}`}`;
    default: {
      const runs =
        a.runs.length === b.runs.length
          ? `${formatCount(a.runs.length, 'run')} each`
          : `${a.runs.length} against ${formatCount(b.runs.length, 'run')}`;
      return `${runs}, ${historyRuns === 0 ? 'without a history' : `with a history of ${formatCount(historyRuns, 'run')}`}`;
    }
  }
}

/** The name that the user gave, unless it is that of the side, with the target and its version. */
function sideText(
  side: 'A' | 'B',
  { name, target, runs, commits, releases = [] }: ComparisonSide,
): string {
  const what = runs.length === 1 ? target : `${formatCount(runs.length, 'run')} of ${target}`;
  return [
    name === side ? what : `${name}: ${what}`,
    ...(releases.length === 1 ? [`release ${releases[0]}`] : []),
    ...(commits.length === 1 ? [`commit ${(commits[0] as string).slice(0, 12)}`] : []),
  ].join(', ');
}
