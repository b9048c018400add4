import type { HistoryEntry } from '../../history/history-entry.ts';
import { isMeasured } from '../../history/is-measured.ts';
import {
  formatCount,
  formatMs,
  formatMsAgainst,
  formatRate,
  formatRatio,
  formatRatioAgainst,
} from '../../report/format-figure.ts';
import { dayText } from '../../text/day-text.ts';
import type { Cell, Tone } from '../../text/statement.ts';
import type { ConfirmedPoint } from '../../trend/confirmed-point.ts';
import { FLOOR_RUNS } from '../../trend/night-noise.ts';
import type { SeriesTrend } from '../../trend/series-trend.ts';
import { isWorse, judgedLatencyMs } from '../../trend/trend-metric.ts';
import { isMeasuring } from '../run/is-measuring.ts';
import { runVerdict } from '../run/run-verdict.ts';
import type { RunVerdict } from '../run/verdict-texts.ts';
import { loadChanges } from '../trend/load-changes.ts';
import { formatChange, formatMetric } from '../trend/metric-text.ts';
import { mostTelling } from '../trend/most-telling.ts';
import { expectedText } from '../trend/newest-table.ts';
import { loadText, placesText } from '../trend/series-title.ts';
import { newestOf } from '../trend/trend-summary.ts';

/** One scenario under one load against one target: how its newest run did, since when, and how its p95 develops. */
export interface SeriesRow {
  readonly trend: SeriesTrend;
  readonly newest: HistoryEntry;
  readonly verdict: RunVerdict;
  /** Since when every run had this verdict: "since 3 Mar 2026, 4 runs". */
  readonly since: string;
  readonly scenario: string;
  readonly profile: string;
  readonly target: string;
  /** The load with what is unusual about it. */
  readonly load: string;
  /** The newest run's figures with their limits; without a tone where the run was there to cross them. */
  readonly p95: Figure;
  readonly success: Figure;
  /** What the trend says: how the level changed, or how many runs are missing to say it. */
  readonly trendCell: Cell;
  /** Whether it has runs enough for charts. */
  readonly hasTrend: boolean;
}

/** A figure and its limit, which is empty without one. */
export interface Figure {
  readonly cell: Cell;
  readonly limit: string;
}

/** A row for each series, those that need attention first. */
export function seriesRows(trends: readonly SeriesTrend[]): SeriesRow[] {
  return trends.map(seriesRow).sort((a, b) => urgency(a) - urgency(b));
}

function seriesRow(trend: SeriesTrend): SeriesRow {
  const newest = newestOf(trend);
  const verdict = runVerdict(newest);
  const measured = trend.entries.filter(isMeasured).length;
  const isForLimit = isMeasuring({ run: newest });
  const hasTrend = !isForLimit && measured >= FLOOR_RUNS.least;
  return {
    trend,
    newest,
    verdict,
    since: sinceText(trend.entries),
    scenario: newest.scenario,
    profile: newest.profile,
    target: placesText(newest),
    load: [loadText(newest), ...loadChanges(newest)].join(', '),
    ...(isForLimit ? NO_FIGURES : figuresOf(newest)),
    trendCell: isForLimit ? heldText(trend.entries) : trendCell(trend, measured),
    hasTrend,
  };
}

/** Failed runs first, then changes for the worse, then runs that say nothing. */
function urgency({ verdict, trend, hasTrend }: SeriesRow): number {
  if (verdict === 'fail') return 0;
  if (hasTrend && isBad(trend)) return 1;
  return verdict === 'invalid' ? 2 : 3;
}

/** Whether the trend says that something got worse. */
export function isBad({ verdict }: Pick<SeriesTrend, 'verdict'>): boolean {
  return verdict === 'suspect' || verdict === 'changed';
}

function sinceText(entries: readonly HistoryEntry[]): string {
  const last = entries[entries.length - 1] as HistoryEntry;
  const before = entries.findLastIndex(({ verdict }) => verdict !== last.verdict);
  const first = entries[before + 1] as HistoryEntry;
  return `since ${dayText(first.startedAt)}, ${formatCount(entries.length - before - 1, 'run')}`;
}

const NONE: Figure = { cell: '–', limit: '' };
/** What a run that measures a limit does beyond it is no figure of the target. */
const NO_FIGURES = { p95: NONE, success: NONE };

function figuresOf(newest: HistoryEntry): Pick<SeriesRow, 'p95' | 'success'> {
  const { slo, success, verdict } = newest;
  const p95Ms = judgedLatencyMs(newest).p95;
  const figure = (text: string, limit: string, isMet: boolean | undefined): Figure => ({
    cell: isMet === undefined ? text : { text, tone: toneOf(isMet) },
    limit,
  });
  const isJudged = slo !== undefined && verdict !== 'invalid';
  return {
    p95:
      p95Ms === null
        ? NONE
        : figure(
            slo === undefined ? formatMs(p95Ms) : formatMsAgainst(p95Ms, slo.p95Ms),
            slo === undefined ? '' : `≤ ${formatMs(slo.p95Ms)}`,
            isJudged ? p95Ms <= slo.p95Ms : undefined,
          ),
    success:
      success.ratio === null
        ? NONE
        : figure(
            slo === undefined
              ? formatRatio(success.ratio)
              : formatRatioAgainst(success.ratio, slo.successRatio),
            slo === undefined ? '' : `≥ ${formatRatio(slo.successRatio)}`,
            isJudged ? success.ratio >= slo.successRatio : undefined,
          ),
  };
}

function toneOf(isMet: boolean): Tone {
  return isMet ? 'good' : 'bad';
}

function trendCell(trend: SeriesTrend, measured: number): Cell {
  if (measured < FLOOR_RUNS.least) return `${measured} of ${FLOOR_RUNS.least} runs`;
  const suspect = mostTelling(trend.newest.filter(({ state }) => state === 'suspect'));
  if (suspect?.expected) {
    const { metric, value, expected } = suspect;
    const text = `${metric} ${formatMetric(metric, value)}, expected ${expectedText(suspect, expected)}`;
    return { text, tone: 'bad' };
  }
  const points = trend.trends.flatMap((one) => one.points);
  const fresh = trend.trends.flatMap((one) => one.fresh).filter(isForWorse);
  const worse = mostTelling(fresh);
  if (worse !== undefined) return { text: pointText(worse), tone: 'bad' };
  const latest = points.reduce<ConfirmedPoint | undefined>(
    (last, point) => (last !== undefined && last.startedAt >= point.startedAt ? last : point),
    undefined,
  );
  if (latest !== undefined) return pointText(latest);
  return trend.verdict === 'steady' ? { text: 'as expected', tone: 'good' } : 'no change found';
}

function isForWorse({ metric, before, after }: ConfirmedPoint): boolean {
  return isWorse(metric, after - before);
}

function pointText({ metric, before, after, startedAt }: ConfirmedPoint): string {
  return `${metric} ${formatChange(metric, before, after)} since ${dayText(startedAt)}`;
}

/** The limit that the newest run measured, and the one before. */
function heldText(entries: readonly HistoryEntry[]): string {
  const held = entries
    .filter(isMeasured)
    .flatMap(({ heldPerSecond }) => (heldPerSecond == null ? [] : [heldPerSecond]));
  const [newest, before] = [held.at(-1), held.at(-2)];
  if (newest === undefined) return '–';
  return `held ${formatRate(newest)}${before === undefined ? '' : `, before ${formatRate(before)}`}`;
}
