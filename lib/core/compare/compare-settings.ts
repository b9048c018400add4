import { LATENCY_METRICS, type LatencyMetric, QUANTILES } from '../history/latency-metric.ts';
import { MAX_DROPPED_RATIO } from '../trend/trend-metric.ts';

/** The limits of a comparison. Ratios are relative to the value of A: 0.03 is 3%. */
export interface CompareSettings {
  /** Probability of a false alarm over all gated metrics together. */
  readonly alpha: number;
  /** A smaller change of a latency is never a regression or an improvement. */
  readonly minEffect: number;
  /** A latency that changed by less than this, with confidence, counts as unchanged. */
  readonly tolerance: number;
  /** `minEffect` and `tolerance` for the success ratio, as differences: 0.001 is 0.1 percentage points. */
  readonly minSuccessEffect: number;
  readonly successTolerance: number;
  /** A run that dropped a larger share of its orders cannot be compared. */
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

/** Two sides whose rates differ by more had different loads. */
export const MAX_RATE_DIFFERENCE = 0.02;

/** Fewest runs per side that show the noise from run to run without a history. */
export const LEAST_REPEATS = 3;
/** Fewest rounds of an ab run that give a verdict. */
export const LEAST_ROUNDS = 5;
/** Fewest windows from which the noise within a run is estimated. */
export const LEAST_WINDOWS = 30;

export const COMPARED_METRICS = [...LATENCY_METRICS, 'successRatio'] as const;
export type ComparedMetric = (typeof COMPARED_METRICS)[number];

/** Fewest orders for which a quantile is judged: ten of them lie above it. */
export function leastOrders(metric: LatencyMetric): number {
  return Math.round(10 / (1 - QUANTILES[metric]));
}
