import type { HistoryEntry } from '../history/history-entry.ts';
import { entrySentPerSecond } from '../history/sent-per-second.ts';
import type { TimedLevel } from './night-noise.ts';

/** What a trend can be drawn of. */
export const TREND_METRICS = ['p50', 'p95', 'p99', 'success', 'rps'] as const;
export type TrendMetric = (typeof TREND_METRICS)[number];

/** Smallest share by which a level must move to count as moved: 3%, and 0.1 points of success. */
const LEAST_LOG_SHIFT = Math.log(1.03);
const LEAST_SUCCESS_SHIFT = 0.001;

/** Share of dropped orders above which a run did not make its load. */
export const MAX_DROPPED_RATIO = 0.01;

/** What levels are made of. */
export type RunFigures = Pick<
  HistoryEntry,
  'latencyMs' | 'judgedMs' | 'success' | 'rps' | 'dropped' | 'status' | 'load'
>;

/**
 * A run-level statistic on the scale that trends and noise floors are computed on: the natural
 * logarithm for latencies (of ms) and rates, where a difference is a relative change; the ratio itself
 * for success. Null when the run has none, as a latency of 0 has no logarithm, and where the latency is of
 * a load that was not made (`madeItsLoad`).
 *
 * The noise floor of a metric (`noiseFloor`) is the standard deviation of this over the last 8 to 30 runs
 * of the present level, of entries of one `seriesKey` that are `isMeasured`.
 */
export function runLevel(entry: RunFigures, metric: TrendMetric): number | null {
  if (metric === 'success') return entry.success.ratio;
  if (metric !== 'rps' && !madeItsLoad(entry)) return null;
  const value = metric === 'rps' ? entrySentPerSecond(entry) : judgedLatencyMs(entry)[metric];
  return value === null || value <= 0 ? null : Math.log(value);
}

/** The same and when the run was started, which says of which night it is. */
export function timedLevel(
  entry: RunFigures & Pick<HistoryEntry, 'startedAt'>,
  metric: TrendMetric,
): TimedLevel | null {
  const level = runLevel(entry, metric);
  return level === null ? null : { level, startedAtMs: Date.parse(entry.startedAt) };
}

/**
 * Whether at most `MAX_DROPPED_RATIO` of the orders were dropped. Of a run that dropped more the latency is of the load
 * that was left, so it is in no trend, no noise floor and no comparison; its success says what happened.
 */
export function madeItsLoad({
  dropped,
  success,
}: Pick<RunFigures, 'dropped' | 'success'>): boolean {
  return dropped <= MAX_DROPPED_RATIO * success.offered;
}

/**
 * The latency that a run is judged by: of stored orders, and of timeouts at the request timeout. Of a
 * line from before it was kept: of stored orders alone.
 */
export function judgedLatencyMs({
  judgedMs,
  latencyMs,
}: Pick<RunFigures, 'judgedMs' | 'latencyMs'>): HistoryEntry['latencyMs'] {
  return judgedMs ?? latencyMs;
}

/** Smallest difference of `runLevel` that is worth a word. */
export function leastShift(metric: TrendMetric): number {
  return metric === 'success' ? LEAST_SUCCESS_SHIFT : LEAST_LOG_SHIFT;
}

/** Whether the change is for the worse: a latency that rose, or success or rate that fell. */
export function isWorse(metric: TrendMetric, shift: number): boolean {
  return metric === 'success' || metric === 'rps' ? shift < 0 : shift > 0;
}
