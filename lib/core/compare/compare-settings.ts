import { LATENCY_METRICS, type LatencyMetric, QUANTILES } from '../history/latency-metric.ts';
import { MAX_DROPPED_RATIO } from '../trend/trend-metric.ts';

/** What a comparison decides by. Shares are of the value of A: 0.03 is 3%. */
export interface CompareSettings {
  /** Chance of a false alarm that all gated metrics together may have. */
  readonly alpha: number;
  /** A change of a latency below it is never a regression or an improvement. */
  readonly minEffect: number;
  /** A latency that moved by less than this, with confidence, has not changed. */
  readonly tolerance: number;
  /** The same two for the success rate, as differences of the rate: 0.001 is 0.1 points. */
  readonly minSuccessEffect: number;
  readonly successTolerance: number;
  /** Above it a run did not make its load. */
  readonly maxDroppedRatio: number;
}

export const DEFAULT_SETTINGS: CompareSettings = {
  alpha: 0.05,
  minEffect: 0.03,
  tolerance: 0.1,
  minSuccessEffect: 0.001,
  successTolerance: 0.005,
  maxDroppedRatio: MAX_DROPPED_RATIO,
};

/** Rates of two sides that differ by more are different loads. */
export const MAX_RATE_DIFFERENCE = 0.02;

/** Fewest runs of each side that show by themselves how runs differ. */
export const LEAST_REPEATS = 3;
/** Fewest rounds of an ab run that are judged. */
export const LEAST_ROUNDS = 5;
/** Fewest windows whose spread tells of the noise within a run. */
export const LEAST_WINDOWS = 30;

export const COMPARED_METRICS = [...LATENCY_METRICS, 'successRatio'] as const;
export type ComparedMetric = (typeof COMPARED_METRICS)[number];

/** Fewest orders that a quantile is judged on: ten of them lie above it. */
export function leastOrders(metric: LatencyMetric): number {
  return Math.round(10 / (1 - QUANTILES[metric]));
}
