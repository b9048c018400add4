import {
  commonFacts,
  type HistoryEntry,
  oldSeriesKey,
  seriesKey,
} from '../history/history-entry.ts';
import type { ConfirmedPoint } from './confirmed-point.ts';

/**
 * The entries grouped by series, the series with the newest run first. Lines of older versions lack some facts that
 * separate runs: they join the only series that agrees with all facts they have. If several agree, they stay a
 * series of their own.
 */
export function seriesOf(entries: readonly HistoryEntry[]): HistoryEntry[][] {
  const groups = new Map<string, HistoryEntry[]>();
  for (const entry of entries) {
    const key = groupKey(entry);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  const bySize = [...groups.values()].sort((a, b) => knownOf(b) - knownOf(a));
  const joined: HistoryEntry[][][] = [];
  for (const group of bySize) {
    const [first] = group as [HistoryEntry];
    const fitting = joined.filter(
      (parts) =>
        parts.every(([other]) => other !== undefined && isSameAsKnown(first, other)) &&
        hasNameOf(first, parts.flat()),
    );
    const [only] = fitting;
    if (only === undefined || fitting.length > 1) joined.push([group]);
    else only.push(group);
  }
  const series = joined.map((parts) => parts.flat());
  for (const one of series) one.sort((a, b) => compareText(a.startedAt, b.startedAt));
  const newestOf = (one: HistoryEntry[]) => one[one.length - 1]?.startedAt ?? '';
  return series.sort((a, b) => compareText(newestOf(b), newestOf(a)));
}

/** The confirmed changes of the series of these entries, including those confirmed by an older version. */
export function pointsOfSeries(
  entries: readonly HistoryEntry[],
  confirmed: readonly ConfirmedPoint[],
): ConfirmedPoint[] {
  if (confirmed.length === 0) return [];
  const keys = new Set(entries.map(seriesKey));
  return confirmed.filter(({ series }) => keys.has(series));
}

/** Equal for entries with the same facts. */
function groupKey(entry: HistoryEntry): string {
  return entry.facts === undefined
    ? JSON.stringify([oldSeriesKey(entry), entry.load.requestTimeoutMs ?? null])
    : seriesKey(entry);
}

function knownOf([first]: readonly HistoryEntry[]): number {
  return first === undefined ? 0 : Object.keys(factsOf(first)).length;
}

function factsOf({ facts, load }: HistoryEntry): Readonly<Record<string, string>> {
  if (facts !== undefined) return facts;
  return load.requestTimeoutMs === undefined ? {} : { timeout: `${load.requestTimeoutMs} ms` };
}

/** Whether the facts that both entries have are equal. */
function isSameAsKnown(one: HistoryEntry, other: HistoryEntry): boolean {
  if (JSON.stringify(commonFacts(one)) !== JSON.stringify(commonFacts(other))) return false;
  const [facts, others] = [factsOf(one), factsOf(other)];
  return Object.entries(facts).every(
    ([name, value]) => others[name] === undefined || others[name] === value,
  );
}

/** Whether an old line without an address has the same target name as the others: the host, or the --label. */
function hasNameOf(old: HistoryEntry, others: readonly HistoryEntry[]): boolean {
  if (old.facts?.['target'] !== undefined) return true;
  if (old.label !== null) return others.some(({ label }) => label === old.label);
  if (old.target.platform === 'local') return true;
  return others.some(
    ({ facts, target, label }) =>
      (label === null && target.label === old.target.label) ||
      hostOf(facts?.['target']) === old.target.label,
  );
}

function hostOf(address: string | undefined): string | undefined {
  return address?.replace(/^[a-z]+:\/\//i, '').split('/')[0];
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
