import type { HistoryEntry } from '../../history/history-entry.ts';
import type { Headline, NextStep } from '../../text/statement.ts';
import { trendHeadline } from '../trend/trend-headline.ts';
import { compareCommand, pathOf, type RunPlaces } from './compare-commands.ts';
import { isBad, type SeriesRow } from './series-row.ts';

/** Most series that are named; the table below has them all. */
const MOST_NAMED = 4;

/**
 * Whether all is well: how many series fail, got worse or are invalid, and what each of them says.
 * @param rows those that need attention first.
 */
export function resultsHeadline(rows: readonly SeriesRow[], places: RunPlaces): Headline {
  const failed = rows.filter(({ verdict }) => verdict === 'fail');
  const worse = rows.filter((row) => row.verdict !== 'fail' && row.hasTrend && isBad(row.trend));
  const invalid = rows.filter((row) => row.verdict === 'invalid' && !worse.includes(row));
  const count = (some: readonly SeriesRow[], word: string) =>
    `${some.length} of ${rows.length} ${word}`;
  const others = (some: readonly SeriesRow[], word: string) =>
    some.length === 0 ? [] : [`${count(some, word)}.`];
  if (failed.length > 0) {
    const more = [...others(worse, 'got worse'), ...others(invalid, 'cannot be judged')];
    return { tone: 'bad', word: count(failed, 'fail'), ...said(failed, places, more) };
  }
  if (worse.length > 0) {
    const more = others(invalid, 'cannot be judged');
    return { tone: 'bad', word: count(worse, 'got worse'), ...said(worse, places, more) };
  }
  if (invalid.length > 0) {
    return { tone: 'open', word: count(invalid, 'invalid'), ...said(invalid, places, []) };
  }
  return allWell(rows);
}

function allWell(rows: readonly SeriesRow[]): Headline {
  const none = { others: [], next: [] };
  if (rows.length === 0)
    return { tone: 'open', word: 'No runs', reason: 'There is no run yet.', ...none };
  const passed = rows.filter(({ verdict }) => verdict === 'pass').length;
  if (passed === 0) {
    const reason = 'Every newest run measured a limit.';
    return { tone: 'measured', word: 'Measured', reason, ...none };
  }
  const rest = rows.length - passed;
  const measured = rest === 0 ? '' : ` ${rest} ${rest === 1 ? 'measures' : 'measure'} a limit.`;
  const reason = `The newest run of every scenario, target and load met its SLOs.${measured}`;
  return { tone: 'good', word: passed === 1 ? 'Pass' : `All ${passed} pass`, reason, ...none };
}

function said(
  rows: readonly SeriesRow[],
  places: RunPlaces,
  more: readonly string[],
): Pick<Headline, 'reason' | 'others' | 'next'> {
  const [first, ...others] = rows
    .slice(0, MOST_NAMED)
    .map((row) => `${nameAmong(rows, row)}: ${whyOf(row, places)}`);
  const left = rows.length - MOST_NAMED;
  return {
    reason: first ?? '',
    others: [...others, ...(left > 0 ? [`And ${left} more, in the table.`] : []), ...more],
    next: nextOf(rows[0], places),
  };
}

/** With its load where the same scenario also runs against this target under another one. */
function nameAmong(rows: readonly SeriesRow[], row: SeriesRow): string {
  const name = nameOf(row);
  const isAlone = rows.every((other) => other === row || nameOf(other) !== name);
  return isAlone ? name : `${name}, ${row.load}`;
}

function nameOf({ scenario, profile, newest }: SeriesRow): string {
  return `${scenario} ${profile} on ${newest.label ?? newest.target.label}`;
}

function whyOf(row: SeriesRow, places: RunPlaces): string {
  if (row.verdict !== 'pass' && row.verdict !== 'measured') {
    return row.newest.reason ?? `${row.verdict === 'fail' ? 'failed' : 'invalid'} ${row.since}.`;
  }
  return trendHeadline(row.trend, places).reason;
}

/** What to do about the series that needs it most. */
function nextOf(row: SeriesRow | undefined, places: RunPlaces): readonly NextStep[] {
  if (row === undefined) return [];
  if (row.verdict === 'pass') return trendHeadline(row.trend, places).next;
  const { newest, trend } = row;
  const folder = places.folders.get(newest.run);
  const steps: NextStep[] = [];
  if (folder !== undefined) {
    const page = `${pathOf(folder, places)}/report.html`;
    steps.push({ text: `Read ${page}, which says what to do`, command: null });
  }
  const passed = trend.entries.findLast(({ verdict }: HistoryEntry) => verdict === 'pass');
  const command = passed === undefined ? null : compareCommand(passed, newest, places);
  if (command !== null && row.verdict === 'fail') {
    steps.push({ text: 'Compare it with the last run that passed', command });
  }
  return steps;
}
