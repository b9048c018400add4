import type { HistoryEntry } from '../../history/history-entry.ts';
import { listText } from '../../text/list-text.ts';
import type { Headline } from '../../text/statement.ts';
import type { ConfirmedPoint } from '../../trend/confirmed-point.ts';
import type { NewestRun } from '../../trend/newest-run.ts';
import { FLOOR_RUNS } from '../../trend/night-noise.ts';
import type { SeriesTrend } from '../../trend/series-trend.ts';
import {
  isWorse,
  MAX_DROPPED_RATIO,
  madeItsLoad,
  type TrendMetric,
} from '../../trend/trend-metric.ts';
import type { RunPlaces } from '../results/compare-commands.ts';
import { changeSentence } from './change-text.ts';
import { formatMetric } from './metric-text.ts';
import { mostTelling } from './most-telling.ts';
import { expectedText, runsBefore } from './newest-table.ts';
import { trendNext } from './trend-next.ts';

const OUTCOMES = {
  suspect: { tone: 'bad', word: 'Suspect' },
  changed: { tone: 'bad', word: 'Changed' },
  unknown: { tone: 'open', word: 'Unknown' },
  steady: { tone: 'good', word: 'Steady' },
} as const satisfies Readonly<Record<SeriesTrend['verdict'], Pick<Headline, 'tone' | 'word'>>>;

/** The verdict on the newest run of a series, with its reasons and what to do next. */
export function trendHeadline(trend: SeriesTrend, places: RunPlaces): Headline {
  const [reason = 'The newest run has no figure for some of the metrics.', ...others] =
    reasonsOf(trend);
  return { ...OUTCOMES[trend.verdict], reason, others, next: trendNext(trend, places) };
}

/** Changes for the worse that the newest run confirmed, of the metrics in their order. */
export function freshlyWorse({ trends }: SeriesTrend): ConfirmedPoint[] {
  return trends
    .flatMap(({ fresh }) => fresh)
    .filter(({ metric, before, after }) => isWorse(metric, after - before));
}

function reasonsOf(trend: SeriesTrend): string[] {
  const { newest, verdict } = trend;
  const better = newest.filter(({ state }) => state === 'better');
  if (verdict === 'steady' && better.length === 0) return [expectedSentence(trend)];
  const suspects = newest.filter(({ state }) => state === 'suspect');
  return [
    ...beyondTexts(suspects),
    ...changeTexts(freshlyWorse(trend)),
    ...notJudgedTexts(trend),
    ...beyondTexts(better),
  ];
}

/** One sentence for all metrics that are beyond what is expected; the table has the figures of each. */
function beyondTexts(beyond: readonly NewestRun[]): string[] {
  const told = mostTelling(beyond);
  if (told === undefined) return [];
  const { metric, value, state, expected } = told;
  const word = state === 'suspect' ? 'worse' : 'better';
  const range =
    expected === null ? '' : ` (${expectedText(told, expected)} after ${expected.runs} runs)`;
  return [
    `${metric} of the newest run is ${formatMetric(metric, value)}, ${word} than expected${range}${tooText(beyond, told)}.`,
  ];
}

/** One sentence for all changes that were confirmed now. */
function changeTexts(changes: readonly ConfirmedPoint[]): string[] {
  const told = mostTelling(changes);
  if (told === undefined) return [];
  return [`${changeSentence(told)}${tooText(changes, told)}. Confirmed by the newest run.`];
}

/** The other metrics of which the same is true: "; p50 and p99 too". */
function tooText(
  all: readonly { readonly metric: TrendMetric }[],
  told: { readonly metric: TrendMetric },
): string {
  const others = new Set(
    all.map(({ metric }) => metric).filter((metric) => metric !== told.metric),
  );
  return others.size === 0 ? '' : `; ${listText([...others])} too`;
}

function expectedSentence({ newest }: SeriesTrend): string {
  const shown = newest
    .filter(({ metric }) => newest.length < 3 || metric === 'p95' || metric === 'success')
    .map((one) => {
      const range = one.expected === null ? '' : ` (${expectedText(one, one.expected)})`;
      return `${one.metric} ${formatMetric(one.metric, one.value)}${range}`;
    });
  return `The newest run is as expected: ${shown.join(', ')}.`;
}

/** Why the newest run, or a metric of it, is not judged. */
function notJudgedTexts(trend: SeriesTrend): string[] {
  const { entries, newest, trends } = trend;
  const last = entries[entries.length - 1] as HistoryEntry;
  if (newest.length === 0) return [`The newest run is not judged, because it ${whyNone(last)}.`];
  const young = trends.filter(({ metric }) =>
    newest.some((one) => one.metric === metric && one.state === 'unknown'),
  );
  const texts: string[] = [];
  if (young.length > 0) {
    const runs = Math.min(...young.map(runsBefore));
    texts.push(
      `${listText(young.map(({ metric }) => metric))} cannot be judged yet: ${runs} of ${FLOOR_RUNS.least} earlier runs at this level.`,
    );
  }
  if (!madeItsLoad(last)) {
    texts.push(
      `The newest run dropped more than ${MAX_DROPPED_RATIO * 100}% of its orders, so its latency is not judged.`,
    );
  }
  return texts;
}

function whyNone({ status, verdict }: HistoryEntry): string {
  if (verdict === 'invalid') return 'is INVALID';
  return status === 'completed' ? 'has no figures' : `was ${status}`;
}
