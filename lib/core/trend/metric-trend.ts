import { type HistoryEntry, seriesKey } from '../history/history-entry.ts';
import type { ChangePoint } from './changes/change-points.ts';
import { changesByNight, isLasting } from './changes/changes-by-night.ts';
import { medianOf } from './changes/noise-scale.ts';
import { CHANGE_POINT_VERSION, type ConfirmedPoint } from './confirmed-point.ts';
import type { TimedLevel } from './night-noise.ts';
import { pointsOfSeries } from './series-of.ts';
import { leastShift, type TrendMetric, timedLevel } from './trend-metric.ts';

/** A stretch of runs at one level. */
export interface Segment {
  /** Positions of its runs in the trend, [from, to). */
  readonly from: number;
  readonly to: number;
  /** Median, in the unit of the metric. */
  readonly level: number;
}

/** One metric of one series over its runs. */
export interface MetricTrend {
  readonly metric: TrendMetric;
  /** The runs with a value of the metric, oldest first. */
  readonly entries: readonly HistoryEntry[];
  /** Their levels, on the scale of `runLevel`. */
  readonly levels: readonly TimedLevel[];
  readonly segments: readonly Segment[];
  /** All confirmed changes: those confirmed before, then those confirmed now. */
  readonly points: readonly ConfirmedPoint[];
  /** The ones of `points` that were confirmed now. */
  readonly fresh: readonly ConfirmedPoint[];
  /** Changes found, but not yet after five consecutive nights. They do not begin a segment. */
  readonly open: readonly OpenChange[];
}

/** A change of level that is not confirmed yet. */
export type OpenChange = Omit<ConfirmedPoint, 'confirmedBy' | 'changePointVersion'> & {
  /** Consecutive nights after which it was found; it takes five to confirm it. */
  readonly looks: number;
};

/**
 * The trend of a metric. Points that were confirmed before stay as they are. Only the runs since the last of them
 * are searched (`changesByNight`), so later runs never change a result about earlier ones. A change found after five
 * consecutive nights is confirmed.
 * @param measured runs of one series that count, oldest first.
 * @param confirmed points of any series and metric.
 */
export function metricTrend(
  measured: readonly HistoryEntry[],
  metric: TrendMetric,
  confirmed: readonly ConfirmedPoint[],
): MetricTrend {
  const runs = measured.flatMap((entry) => {
    const level = timedLevel(entry, metric);
    return level === null ? [] : [{ entry, level }];
  });
  const entries = runs.map(({ entry }) => entry);
  const levels = runs.map(({ level }) => level);
  const newest = entries[entries.length - 1];
  const series = newest === undefined ? '' : seriesKey(newest);
  const known = pointsOfSeries(entries, confirmed)
    .filter((point) => point.metric === metric)
    .map((point) => ({ point, at: positionOf(point, entries) }))
    .filter(({ at }) => at > 0 && at < entries.length)
    .sort((a, b) => a.at - b.at);
  const last = known[known.length - 1];
  const since = last?.at ?? 0;
  const isRise = last === undefined ? null : last.point.after > last.point.before;
  const seen = changesByNight(levels.slice(since), leastShift(metric), isRise).map((change) => ({
    ...change,
    at: change.at + since,
  }));
  const found = seen.filter(isLasting);
  const around = { entries, metric, series };
  const fresh = found.map(
    (change): ConfirmedPoint => ({
      changePointVersion: CHANGE_POINT_VERSION,
      ...changeOf(change, around),
      confirmedBy: (entries[entries.length - 1] as HistoryEntry).run,
    }),
  );
  const open = seen
    .filter((change) => !isLasting(change))
    .map((change) => ({ ...changeOf(change, around), looks: change.looks }));
  const borders = [
    ...new Set([0, ...known.map(({ at }) => at), ...found.map(({ at }) => at), entries.length]),
  ];
  const segments = borders.slice(1).map((to, index) => {
    const from = borders[index] as number;
    const inside = levels.slice(from, to).map(({ level }) => level);
    return { from, to, level: fromScale(metric, medianOf(Float64Array.from(inside))) };
  });
  return {
    metric,
    entries,
    levels,
    segments,
    points: [...known.map(({ point }) => point), ...fresh],
    fresh,
    open,
  };
}

/** Converts a level from the scale of `runLevel` to the unit of the metric. */
export function fromScale(metric: TrendMetric, level: number): number {
  return metric === 'success' ? level : Math.exp(level);
}

/** Position of a confirmed change. Its run may no longer be in the history; then its start time counts. */
function positionOf({ run, startedAt }: ConfirmedPoint, entries: readonly HistoryEntry[]): number {
  const at = entries.findIndex((entry) => entry.run === run);
  return at >= 0 ? at : entries.findIndex((entry) => entry.startedAt >= startedAt);
}

interface Around {
  readonly entries: readonly HistoryEntry[];
  readonly metric: TrendMetric;
  readonly series: string;
}

function changeOf({ at, after, shift, p }: ChangePoint, around: Around): Omit<OpenChange, 'looks'> {
  const { entries, metric, series } = around;
  const { run, startedAt, commit, release, scenario } = entries[at] as HistoryEntry;
  return {
    series,
    scenario,
    metric,
    run,
    startedAt,
    commit,
    ...(release != null && { release }),
    before: fromScale(metric, after - shift),
    after: fromScale(metric, after),
    p,
  };
}
