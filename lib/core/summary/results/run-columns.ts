import { formatMs, formatRate, formatRatio } from '../../report/format-figure.ts';
import { minuteText } from '../../text/day-text.ts';
import { TONE_MARKS } from '../../text/statement.ts';
import { VERDICT_TEXTS } from '../run/verdict-texts.ts';
import type { PageRun } from './page-run.ts';

/** A column of the table of runs. */
export interface RunColumn {
  /** Its name in the link to a sorted table. */
  readonly key: string;
  readonly head: string;
  readonly kind: 'verdict' | 'time' | 'text' | 'number' | 'code';
  readonly text: (run: PageRun) => string;
  /** What its rows are sorted by. */
  readonly order: (run: PageRun) => string | number;
}

type Name = 'scenario' | 'profile' | 'release' | 'label' | 'commit' | 'run';

const named = (key: Name, head: string, kind: 'text' | 'code' = 'text'): RunColumn => ({
  key,
  head,
  kind,
  text: (run) => run[key],
  order: (run) => run[key],
});

const figure = (
  key: 'success' | 'p95Ms' | 'sentPerSecond',
  head: string,
  format: (value: number) => string,
): RunColumn => ({
  key,
  head,
  kind: 'number',
  text: (run) => {
    const value = run[key];
    return value === null ? '–' : format(value);
  },
  order: (run) => run[key] ?? -1,
});

/** The columns of the table of runs, after the one that picks. The last one names the row. */
export const RUN_COLUMNS: readonly RunColumn[] = [
  {
    key: 'verdict',
    head: 'Verdict',
    kind: 'verdict',
    text: verdictText,
    order: ({ verdict }) => verdict,
  },
  {
    key: 'startedAt',
    head: 'Started (UTC)',
    kind: 'time',
    text: ({ startedAt }) => minuteText(startedAt),
    order: ({ startedAt }) => startedAt,
  },
  named('scenario', 'Scenario'),
  named('profile', 'Profile'),
  figure('success', 'Success', formatRatio),
  figure('p95Ms', 'p95', formatMs),
  figure('sentPerSecond', 'Sent', formatRate),
  named('release', 'Release'),
  named('commit', 'Commit', 'code'),
  named('label', 'Label'),
  named('run', 'Run', 'code'),
];

/** Mark and word of a verdict, with how the run ended if not as planned, and with what it measured. */
export function verdictText({
  verdict,
  status,
  heldPerSecond,
}: Pick<PageRun, 'verdict' | 'status' | 'heldPerSecond'>): string {
  const { tone, word } = VERDICT_TEXTS[verdict];
  const held =
    verdict === 'measured' && heldPerSecond !== null ? ` ${formatRate(heldPerSecond)}` : '';
  return `${TONE_MARKS[tone]} ${word}${status === '' ? '' : `, ${status}`}${held}`;
}

/** The page of a run's report, relative to the page that links to it; null if the report is gone. */
export function reportHref({ folder }: Pick<PageRun, 'folder'>): string | null {
  return folder === null ? null : hrefOf(folder, 'report.html');
}

/** As `reportHref`, for the page of all results. */
export function reportHrefWithBack({ folder }: Pick<PageRun, 'folder'>): string | null {
  return folder === null ? null : hrefWithBack(folder, 'report.html');
}

/** A page in a folder below the page of all results, which then shows the way back to it. */
export function hrefWithBack(folder: string, name: string): string {
  const up = '../'.repeat(folder.split('/').length);
  return `${hrefOf(folder, name)}#from=${up}index.html`;
}

/** The folder comes from the disk, and may be named like another scheme. */
function hrefOf(folder: string, name: string): string {
  return `./${folder.split('/').map(encodeURIComponent).join('/')}/${name}`;
}
