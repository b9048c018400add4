import { type ChangePoint, changePoints } from '../changes/change-points.ts';
import { medianOf } from '../changes/noise-scale.ts';
import { type HistoryEntry, seriesKey } from '../history-entry.ts';
import { leastShift, runLevel, type TrendMetric } from '../trend-metric.ts';
import { CHANGE_POINT_VERSION, type ConfirmedPoint, SAME_WITHIN } from './confirmed-point.ts';

/** Runs at one level. */
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
  /** The runs that have the metric, oldest first. */
  readonly entries: readonly HistoryEntry[];
  /** Their levels, on the scale of `runLevel`. */
  readonly levels: readonly number[];
  readonly segments: readonly Segment[];
  /** All changes: what was confirmed before, then what this look found. */
  readonly points: readonly ConfirmedPoint[];
  /** Those of `points` that this look found. */
  readonly fresh: readonly ConfirmedPoint[];
}

/**
 * The trend of a metric. Points that were confirmed before stand as they are; only the runs since the
 * last of them are searched, so that no later run changes what was said of an earlier one. A find
 * within five runs of the last point in the same direction is that point again.
 * @param measured runs of one series that count, oldest first.
 * @param confirmed of any series and metric.
 */
export function metricTrend(
  measured: readonly HistoryEntry[],
  metric: TrendMetric,
  confirmed: readonly ConfirmedPoint[],
): MetricTrend {
  const entries = measured.filter((entry) => runLevel(entry, metric) !== null);
  const levels = entries.map((entry) => runLevel(entry, metric) as number);
  const [first] = entries;
  const series = first === undefined ? '' : seriesKey(first);
  const known = confirmed
    .filter((point) => point.series === series && point.metric === metric)
    .map((point) => ({ point, at: positionOf(point, entries) }))
    .filter(({ at }) => at > 0 && at < entries.length)
    .sort((a, b) => a.at - b.at);
  const last = known[known.length - 1];
  const since = last?.at ?? 0;
  const found = changePoints(levels.slice(since), leastShift(metric))
    .map((change) => ({ ...change, at: change.at + since }))
    .filter(({ at, shift }) => {
      if (last === undefined || at - since > SAME_WITHIN) return true;
      return Math.sign(shift) !== Math.sign(last.point.after - last.point.before);
    });
  const fresh = found.map((change) => pointOf(change, { entries, levels, metric, series }));
  const borders = [
    ...new Set([0, ...known.map(({ at }) => at), ...found.map(({ at }) => at), entries.length]),
  ];
  const segments = borders.slice(1).map((to, index) => {
    const from = borders[index] as number;
    const level = fromScale(metric, medianOf(Float64Array.from(levels.slice(from, to))));
    return { from, to, level };
  });
  return {
    metric,
    entries,
    levels,
    segments,
    points: [...known.map(({ point }) => point), ...fresh],
    fresh,
  };
}

/** From the scale of `runLevel` back to the unit of the metric. */
export function fromScale(metric: TrendMetric, level: number): number {
  return metric === 'success' ? level : Math.exp(level);
}

/** A run may have left the history; then its time says where the level changed. */
function positionOf({ run, startedAt }: ConfirmedPoint, entries: readonly HistoryEntry[]): number {
  const at = entries.findIndex((entry) => entry.run === run);
  return at >= 0 ? at : entries.findIndex((entry) => entry.startedAt >= startedAt);
}

interface Around {
  readonly entries: readonly HistoryEntry[];
  readonly levels: readonly number[];
  readonly metric: TrendMetric;
  readonly series: string;
}

const MAX_SIDE = 60;

function pointOf({ at, shift, p }: ChangePoint, around: Around): ConfirmedPoint {
  const { entries, levels, metric, series } = around;
  const { run, startedAt, commit, scenario } = entries[at] as HistoryEntry;
  const after = medianOf(Float64Array.from(levels.slice(at, at + MAX_SIDE)));
  return {
    changePointVersion: CHANGE_POINT_VERSION,
    series,
    scenario,
    metric,
    run,
    startedAt,
    commit,
    before: fromScale(metric, after - shift),
    after: fromScale(metric, after),
    p,
    confirmedBy: (entries[entries.length - 1] as HistoryEntry).run,
  };
}
