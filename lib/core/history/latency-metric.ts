/** The quantiles that histories keep and comparisons use. */
export const LATENCY_METRICS = ['p50', 'p95', 'p99'] as const;
export type LatencyMetric = (typeof LATENCY_METRICS)[number];

export const QUANTILES: Readonly<Record<LatencyMetric, number>> = {
  p50: 0.5,
  p95: 0.95,
  p99: 0.99,
};
