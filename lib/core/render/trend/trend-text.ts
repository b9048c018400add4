import pc from 'picocolors';
import type { HistoryEntry } from '../../history/history-entry.ts';
import { formatCount } from '../../report/format-figure.ts';
import { escapeText } from '../../text/escape-text.ts';
import { LOOKS_TO_CONFIRM } from '../../trend/changes/changes-by-night.ts';
import type { ConfirmedPoint } from '../../trend/confirmed-point.ts';
import type { MetricTrend, OpenChange } from '../../trend/metric-trend.ts';
import type { NewestRun } from '../../trend/newest-run.ts';
import type { SeriesTrend } from '../../trend/series-trend.ts';
import { isWorse, madeItsLoad } from '../../trend/trend-metric.ts';
import { formatChange, formatMetric } from './metric-text.ts';
import { seriesTitle } from './series-title.ts';

const VERDICTS: Readonly<Record<SeriesTrend['verdict'], string>> = {
  suspect: 'SUSPECT The newest run is worse than expected from its history. Run it again.',
  changed: 'CHANGED The level changed for the worse; the newest run confirmed it.',
  unknown: 'UNKNOWN No problem found, but not every metric can be judged yet.',
  steady: 'STEADY The newest run is as expected from its history.',
};

/** The trend of one series for a terminal: verdict, the newest run by metric, and every change of level. */
export function renderTrend(trend: SeriesTrend, colors: boolean): string {
  const paint = pc.createColors(colors);
  const newest = trend.entries[trend.entries.length - 1] as HistoryEntry;
  const color = {
    suspect: paint.red,
    changed: paint.red,
    unknown: paint.yellow,
    steady: paint.green,
  };
  const runs = `${trend.entries.length} runs${trend.leftOut === 0 ? '' : `, ${trend.leftOut} of them left out (cut short, or invalid)`}`;
  const [title = '', verdict = '', ...others] = [
    seriesTitle(newest),
    VERDICTS[trend.verdict],
    `${runs}; newest: ${newest.run}, ${newest.startedAt.slice(0, 16).replace('T', ' ')}${versionText(newest)}`,
    ...(trend.newest.length === 0
      ? [`The newest run is not judged: ${newest.verdict}, ${newest.status}.`]
      : []),
    ...(trend.newest.length > 0 && !madeItsLoad(newest)
      ? ['The newest run dropped more than 1% of its orders, so its latency is not judged.']
      : []),
    ...trend.trends.flatMap((one) =>
      metricLines(
        one,
        trend.newest.find(({ metric }) => metric === one.metric),
      ),
    ),
    // Names in a history may contain anything.
  ].map(escapeText);
  const word = verdict.split(' ')[0] as string;
  const painted = color[trend.verdict](word) + verdict.slice(word.length);
  return [paint.bold(title), painted, ...others].join('\n');
}

function metricLines(trend: MetricTrend, newest: NewestRun | undefined): string[] {
  return [
    `  ${trend.metric.padEnd(8)} ${newest === undefined ? levelText(trend) : newestText(newest, trend)}`,
    ...trend.points.map((point) => `           ${pointText(point, trend.fresh.includes(point))}`),
    ...trend.open.map((change) => `           ${openText(change)}`),
  ];
}

function levelText({ metric, segments, entries }: MetricTrend): string {
  const last = segments[segments.length - 1];
  if (entries.length === 0 || last === undefined) return 'no run has a value';
  return `level ${formatMetric(metric, last.level)}`;
}

function newestText(
  { metric, value, state, expected }: NewestRun,
  { segments }: MetricTrend,
): string {
  const shown = formatMetric(metric, value).padEnd(10);
  if (expected === null) {
    const last = segments[segments.length - 1];
    const runs = last === undefined ? 0 : last.to - last.from - 1;
    return `${shown} cannot be judged yet: needs 8 earlier runs at this level, has ${runs}`;
  }
  const word = { expected: 'as expected', suspect: 'SUSPECT', better: 'better', unknown: '' }[
    state
  ];
  const [low, high] = [expected.low, expected.high].map((bound) => formatMetric(metric, bound));
  // A value beyond a bound may be rounded to the bound.
  const isNext = state !== 'expected' && [low, high].includes(shown.trim());
  return `${shown} ${word}${isNext ? ' (just beyond)' : ''}; ${low} to ${high} expected after ${formatCount(expected.runs, 'run')}`;
}

/** A confirmed change of level as one sentence. */
export function pointText(point: ConfirmedPoint, isFresh: boolean): string {
  return `${changeText(point)}${isFresh ? ', new' : ''}`;
}

function openText(change: OpenChange): string {
  const nights = change.looks === 1 ? 'tonight' : `after ${change.looks} nights in a row`;
  return `perhaps ${changeText(change)}; seen ${nights}, confirmed after ${LOOKS_TO_CONFIRM}`;
}

function changeText(change: Omit<OpenChange, 'looks'>): string {
  const { metric, before, after, startedAt, run } = change;
  const word = isWorse(metric, after - before) ? 'worse' : 'better';
  return `${formatChange(metric, before, after)} (${word}) since ${startedAt.slice(0, 10)}: ${formatMetric(metric, before)} → ${formatMetric(metric, after)}, run ${run}${versionText(change)}`;
}

function versionText({ release, commit }: Pick<HistoryEntry, 'release' | 'commit'>): string {
  const releaseText = release == null ? '' : `, release ${release}`;
  return `${releaseText}${commit === null ? '' : `, commit ${commit.slice(0, 10)}`}`;
}
