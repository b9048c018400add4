import type { CompareVerdict, MetricComparison } from './comparison.ts';
import { change, metricName } from './metric-sentence.ts';

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

/** The verdict in one line. */
export function headlineOf(
  verdict: CompareVerdict,
  metrics: readonly MetricComparison[],
  incomparable: readonly string[],
): string {
  const named = (kind: CompareVerdict, withEffect: boolean) =>
    metrics
      .filter((metric) => metric.gated && metric.verdict === kind)
      .map(({ metric, effect }) =>
        withEffect && effect !== null
          ? `${metricName(metric)} ${change(metric, effect)}`
          : metricName(metric),
      )
      .join(', ');
  const improved = named('improve', true);
  const open = named('inconclusive', false);
  const skipped = metrics.filter(({ gated }) => !gated).map(({ metric }) => metricName(metric));
  const without = skipped.length === 0 ? '' : `; not judged: ${skipped.join(', ')}`;
  switch (verdict) {
    case 'incomparable':
      return `A and B cannot be compared: ${incomparable[0]}`;
    case 'regress':
      return `B is worse: ${named('regress', true)}${without}`;
    case 'improve':
      return `B is better: ${improved}, and nothing is worse${without}`;
    case 'no-change':
      return `no change larger than the tolerance: ${named('no-change', false)}${without}`;
    default:
      return `undecided: ${open === '' ? 'nothing could be judged' : open}${improved === '' ? '' : `; better: ${improved}`}${without}`;
  }
}
