import type { CompareVerdict, MetricComparison } from './comparison.ts';

/**
 * The overall verdict. One regression is enough. Otherwise one inconclusive gated metric makes the whole
 * inconclusive. Otherwise it is an improvement if any metric improved, else no change.
 */
export function verdictOfMetrics(metrics: readonly MetricComparison[]): CompareVerdict {
  const gated = metrics.filter((metric) => metric.gated);
  const has = (verdict: CompareVerdict) => gated.some((metric) => metric.verdict === verdict);
  if (has('regress')) return 'regress';
  if (has('inconclusive') || gated.length === 0) return 'inconclusive';
  return has('improve') ? 'improve' : 'no-change';
}
