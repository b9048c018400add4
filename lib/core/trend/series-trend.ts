import { type HistoryEntry, seriesKey } from '../history/history-entry.ts';
import { isMeasured } from '../history/is-measured.ts';
import type { ConfirmedPoint } from './confirmed-point.ts';
import { type MetricTrend, metricTrend } from './metric-trend.ts';
import { judgeNewest, type NewestRun } from './newest-run.ts';
import { isWorse, type TrendMetric } from './trend-metric.ts';

/** Runs of one scenario under one load against one target, over time. */
export interface SeriesTrend {
  /** `seriesKey` of its runs. */
  readonly key: string;
  /** Every run, oldest first. */
  readonly entries: readonly HistoryEntry[];
  /** Number of runs that are in no trend: cut short, or INVALID. */
  readonly leftOut: number;
  readonly trends: readonly MetricTrend[];
  /** The newest run by each metric it has a value of; empty if the newest run itself is left out. */
  readonly newest: readonly NewestRun[];
  /**
   * suspect: the newest run is worse than expected in some metric. changed: a change for the worse was confirmed
   * now. unknown: no problem found, but some metric cannot be judged yet. steady: none of these.
   */
  readonly verdict: 'suspect' | 'changed' | 'unknown' | 'steady';
}

/**
 * The trends of one series.
 * @param entries of one series, oldest first, at least one.
 * @param confirmed points confirmed before, of any series.
 */
export function seriesTrend(
  entries: readonly HistoryEntry[],
  metrics: readonly TrendMetric[],
  confirmed: readonly ConfirmedPoint[],
): SeriesTrend {
  const newestEntry = entries[entries.length - 1] as HistoryEntry;
  const measured = entries.filter(isMeasured);
  const trends = metrics.map((metric) => metricTrend(measured, metric, confirmed));
  // If the newest run lacks a metric, the last run that has it is not the newest.
  const having = trends.filter(({ entries: runs }) => runs[runs.length - 1] === newestEntry);
  const newest = isMeasured(newestEntry) ? judgeNewest(having) : [];
  return {
    key: seriesKey(newestEntry),
    entries,
    leftOut: entries.length - measured.length,
    trends,
    newest,
    verdict: seriesVerdict(trends, newest),
  };
}

function seriesVerdict(
  trends: readonly MetricTrend[],
  newest: readonly NewestRun[],
): SeriesTrend['verdict'] {
  if (newest.some(({ state }) => state === 'suspect')) return 'suspect';
  const fresh = trends.flatMap((trend) => trend.fresh);
  if (fresh.some(({ metric, before, after }) => isWorse(metric, after - before))) return 'changed';
  const isJudged =
    newest.length === trends.length && newest.every(({ state }) => state !== 'unknown');
  return isJudged ? 'steady' : 'unknown';
}
