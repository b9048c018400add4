import type { HistoryEntry } from '../history/history-entry.ts';
import { entrySentPerSecond } from '../history/sent-per-second.ts';
import type { TimedLevel } from './night-noise.ts';

/** The metrics that have trends. */
export const TREND_METRICS = ['p50', 'p95', 'p99', 'success', 'rps'] as const;
export type TrendMetric = (typeof TREND_METRICS)[number];

/** Smallest change of a level that counts: 3%, and 0.1 percentage points of success. */
const LEAST_LOG_SHIFT = Math.log(1.03);
const LEAST_SUCCESS_SHIFT = 0.001;

/** A run that dropped a larger share of its orders did not make its load. */
export const MAX_DROPPED_RATIO = 0.01;

/** The figures of a run that its levels are computed from. */
export type RunFigures = Pick<
  HistoryEntry,
  'latencyMs' | 'judgedMs' | 'success' | 'rps' | 'dropped' | 'status' | 'load'
>;

/**
 * A statistic of a run on the scale of trends and noise floors: the natural logarithm for latencies (in ms) and
 * rates, so a difference is a relative change; the ratio itself for success. Null if the run has no value, if the
 * value is 0 and has no logarithm, or for the latency of a run that did not make its load (`madeItsLoad`).
 *
 * The noise floor of a metric (`noiseFloor`) is the standard deviation of this over the last 8 to 30 runs at the
 * current level, among entries of one `seriesKey` that are `isMeasured`.
 */
export function runLevel(entry: RunFigures, metric: TrendMetric): number | null {
  if (metric === 'success') return entry.success.ratio;
  if (metric !== 'rps' && !madeItsLoad(entry)) return null;
  const value = metric === 'rps' ? entrySentPerSecond(entry) : judgedLatencyMs(entry)[metric];
  return value === null || value <= 0 ? null : Math.log(value);
}

/** The level of a run with its start time, which decides to which night it belongs. */
export function timedLevel(
  entry: RunFigures & Pick<HistoryEntry, 'startedAt'>,
  metric: TrendMetric,
): TimedLevel | null {
  const level = runLevel(entry, metric);
  return level === null ? null : { level, startedAtMs: Date.parse(entry.startedAt) };
}

/**
 * Whether at most `MAX_DROPPED_RATIO` of the orders were dropped. The latency of a run that dropped more belongs to a
 * smaller load, so it is in no trend, noise floor or comparison. Its success is still judged.
 */
export function madeItsLoad({
  dropped,
  success,
}: Pick<RunFigures, 'dropped' | 'success'>): boolean {
  return dropped <= MAX_DROPPED_RATIO * success.offered;
}

/**
 * The latency that a run is judged by: that of stored orders, and of timeouts at the request timeout. For lines from
 * before this was kept, that of stored orders alone.
 */
export function judgedLatencyMs({
  judgedMs,
  latencyMs,
}: Pick<RunFigures, 'judgedMs' | 'latencyMs'>): HistoryEntry['latencyMs'] {
  return judgedMs ?? latencyMs;
}

/** Smallest difference of `runLevel` that counts. */
export function leastShift(metric: TrendMetric): number {
  return metric === 'success' ? LEAST_SUCCESS_SHIFT : LEAST_LOG_SHIFT;
}

/** Whether the change is for the worse: a latency that rose, or success or rate that fell. */
export function isWorse(metric: TrendMetric, shift: number): boolean {
  return metric === 'success' || metric === 'rps' ? shift < 0 : shift > 0;
}
