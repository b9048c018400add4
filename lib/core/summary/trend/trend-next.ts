import type { HistoryEntry } from '../../history/history-entry.ts';
import { isMeasured } from '../../history/is-measured.ts';
import type { NextStep } from '../../text/statement.ts';
import type { ConfirmedPoint } from '../../trend/confirmed-point.ts';
import { FLOOR_RUNS } from '../../trend/night-noise.ts';
import type { SeriesTrend } from '../../trend/series-trend.ts';
import { isWorse } from '../../trend/trend-metric.ts';
import { compareCommand, historyCommand, type RunPlaces } from '../results/compare-commands.ts';
import { mostTelling } from './most-telling.ts';
import { runsBefore } from './newest-table.ts';

/** What to do about the trend of a series, most important first; nothing if it is steady. */
export function trendNext(trend: SeriesTrend, places: RunPlaces): readonly NextStep[] {
  switch (trend.verdict) {
    case 'steady':
      return [];
    case 'suspect':
      return suspectSteps(trend, places);
    case 'changed':
      return changedSteps(trend, places);
    case 'unknown':
      return unknownSteps(trend, places);
  }
}

function suspectSteps({ entries }: SeriesTrend, places: RunPlaces): NextStep[] {
  const newest = entries[entries.length - 1] as HistoryEntry;
  const before = entries.slice(0, -1).findLast(isMeasured);
  const again: NextStep = { text: 'Run it again: a single slow run may be chance', command: null };
  const command = before === undefined ? null : compareCommand(before, newest, places);
  if (command === null) return [again];
  return [again, { text: 'If it stays, compare it with the run before', command }];
}

function changedSteps(trend: SeriesTrend, places: RunPlaces): NextStep[] {
  const changes = trend.trends
    .flatMap(({ fresh }) => fresh)
    .filter(({ metric, before, after }) => isWorse(metric, after - before));
  const worse = mostTelling(changes);
  if (worse === undefined) return [];
  const before = runBefore(trend, worse);
  const newest = trend.entries[trend.entries.length - 1] as HistoryEntry;
  const steps: NextStep[] = [];
  const commits = before === undefined ? null : commitRange(before, worse);
  if (commits !== null) {
    steps.push({ text: 'See what changed', command: `git log --oneline ${commits}` });
  }
  const command = before === undefined ? null : compareCommand(before, newest, places);
  steps.push(
    command === null
      ? {
          text: 'Measure the release before and the one after in one run with npm run load:ab',
          command,
        }
      : { text: 'Compare the last run before it with the newest', command },
  );
  return steps;
}

/** The last run of the trend before a change. */
function runBefore(
  { trends }: SeriesTrend,
  { metric, run }: ConfirmedPoint,
): HistoryEntry | undefined {
  const entries = trends.find((trend) => trend.metric === metric)?.entries ?? [];
  return entries[entries.findIndex((entry) => entry.run === run) - 1];
}

/** Both commits for git, or null if one is not known, or they are the same. */
function commitRange(
  { commit: from }: Pick<HistoryEntry, 'commit'>,
  { commit: to }: Pick<HistoryEntry, 'commit'>,
): string | null {
  const [before, after] = [from, to].map((commit) => /^[0-9a-f]{7,40}/.exec(commit ?? '')?.[0]);
  if (before === undefined || after === undefined || before === after) return null;
  return `${before.slice(0, 10)}..${after.slice(0, 10)}`;
}

function unknownSteps({ trends, newest }: SeriesTrend, places: RunPlaces): NextStep[] {
  if (newest.length === 0) {
    return [
      { text: 'Run it again; the trend counts only runs that end as planned', command: null },
    ];
  }
  const young = trends.filter(({ metric }) =>
    newest.some((one) => one.metric === metric && one.state === 'unknown'),
  );
  if (young.length === 0) return [];
  const missing = FLOOR_RUNS.least - Math.min(...young.map(runsBefore));
  return [
    {
      text: `Run it ${missing === 1 ? 'once more' : `${missing} more times`}, best once a night, or add earlier reports`,
      command: historyCommand(places),
    },
  ];
}
