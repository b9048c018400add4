import { type HistoryEntry, historyEntryOf } from '../history/history-entry.ts';
import { isMeasured } from '../history/is-measured.ts';
import { formatCount } from '../report/format-figure.ts';
import type { Report } from '../report/schema/report-schema.ts';
import { seriesOf } from '../trend/series-of.ts';
import { madeItsLoad } from '../trend/trend-metric.ts';
import { majorOf } from './comparability.ts';

export interface PastRuns {
  /** Oldest first. */
  readonly entries: readonly HistoryEntry[];
  /** Why a history that has runs contributes none; null if it contributes some, or is empty. */
  readonly whyNone: string | null;
}

/**
 * The runs of a history that show how much the compared ones vary by chance: those of the same series as A, or
 * else as B, from before the newest compared run.
 * @param historyName name that the user gave to the history.
 */
export function pastRuns(
  history: readonly HistoryEntry[],
  compared: readonly Report[],
  historyName: string,
): PastRuns {
  const entries = compared.map(historyEntryOf);
  const ids = new Set(entries.map(({ run }) => run));
  const newest =
    entries
      .map(({ startedAt }) => startedAt)
      .sort()
      .at(-1) ?? '';
  const others = history.filter(({ run }) => !ids.has(run));
  const usable = others
    .filter((entry) => isMeasured(entry) && madeItsLoad(entry) && entry.startedAt <= newest)
    .sort((one, other) => one.startedAt.localeCompare(other.startedAt));
  for (const entry of entries) {
    const major = majorOf(entry.k6Version);
    const series = seriesOf([...usable, entry]).find((one) => one.includes(entry)) ?? [];
    const same = series.filter((one) => one !== entry && majorOf(one.k6Version) === major);
    if (same.length > 0) return { entries: same, whyNone: null };
  }
  return { entries: [], whyNone: whyNone(history, others, usable, historyName) };
}

function whyNone(
  history: readonly HistoryEntry[],
  others: readonly HistoryEntry[],
  usable: readonly HistoryEntry[],
  name: string,
): string | null {
  if (history.length === 0) return null;
  if (others.length === 0) return `${name} has no runs apart from those compared.`;
  if (usable.length === 0) {
    return `None of the ${formatCount(others.length, 'other run')} in ${name} can be used: each is INVALID, was cut short, dropped too many orders, or is newer than those compared.`;
  }
  return `None of the ${formatCount(usable.length, 'run')} in ${name} has this scenario, load and target, and was made on a machine with this number of CPUs.`;
}
