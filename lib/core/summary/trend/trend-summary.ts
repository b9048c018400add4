import type { HistoryEntry } from '../../history/history-entry.ts';
import { formatCount } from '../../report/format-figure.ts';
import { minuteText } from '../../text/day-text.ts';
import type { Headline, TextTable } from '../../text/statement.ts';
import type { SeriesTrend } from '../../trend/series-trend.ts';
import type { RunPlaces } from '../results/compare-commands.ts';
import { versionText } from './change-text.ts';
import { changesTable } from './changes-table.ts';
import { newestTable } from './newest-table.ts';
import { seriesTitle } from './series-title.ts';
import { trendHeadline } from './trend-headline.ts';

/** What the trend of a series says. No text is escaped. */
export interface TrendSummary {
  /** What the runs of the series have in common, in one line. */
  readonly subject: string;
  readonly headline: Headline;
  /** How many runs there are, and which is the newest. */
  readonly facts: string;
  /** The newest run by metric, with what its history leads to expect. */
  readonly newest: TextTable;
  /** Every change of level, confirmed or not; null if there is none. */
  readonly changes: TextTable | null;
}

/** @param places where the reports of the runs are, for the commands. */
export function trendSummary(trend: SeriesTrend, places: RunPlaces): TrendSummary {
  const newest = newestOf(trend);
  return {
    subject: seriesTitle(newest),
    headline: trendHeadline(trend, places),
    facts: factsOf(trend, newest),
    newest: newestTable(trend),
    changes: changesTable(trend),
  };
}

/** The newest run of a series. */
export function newestOf({ entries }: SeriesTrend): HistoryEntry {
  return entries[entries.length - 1] as HistoryEntry;
}

function factsOf({ entries, leftOut }: SeriesTrend, newest: HistoryEntry): string {
  const { run, startedAt } = newest;
  const version = versionText(newest);
  const runs = formatCount(entries.length, 'run');
  const left = leftOut === 0 ? '' : `, ${leftOut} of them left out (cut short, or invalid)`;
  return `${runs}${left}; newest: ${run}, ${minuteText(startedAt)} UTC${version === '' ? '' : `, ${version}`}`;
}
