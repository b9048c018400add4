import type { TrendMetric } from '../../trend/trend-metric.ts';

/** Readers ask for p95 first, then for success. */
export function mostTelling<One extends { readonly metric: TrendMetric }>(
  all: readonly One[],
): One | undefined {
  const of = (name: TrendMetric) => all.find(({ metric }) => metric === name);
  return of('p95') ?? of('success') ?? all[0];
}
