import type { TrendMetric } from '../../lib/core/compare/trend-metric.ts';
import { isWorse } from '../../lib/core/compare/trend-metric.ts';
import { formatChange, formatMetric } from '../../lib/core/render/trend/metric-text.ts';
import type { NightComparison, Suspicion, TrendOfSeries } from './night.ts';
import type { NightScenario } from './night-plan.ts';

/** What a comparison of steady runs calls a regression. */
export function suspicionsOfComparison(comparison: NightComparison): Suspicion[] {
  if ('notMade' in comparison || comparison.verdict !== 'regress') return [];
  return comparison.metrics
    .filter(({ gated, verdict }) => gated && verdict === 'regress')
    .map(({ metric, sentence }) => ({
      scenario: 'steady',
      metric: metric === 'successRatio' ? 'success' : metric,
      from: 'compare',
      sentence,
    }));
}

/** A few orders have no percentiles, so smoke is judged by its contract alone. */
const JUDGED: readonly string[] = ['steady', 'spike', 'soak'] satisfies readonly NightScenario[];

/** The newest runs and new change points that are for the worse. */
export function suspicionsOfTrends(trends: readonly TrendOfSeries[]): Suspicion[] {
  return trends
    .filter(({ scenario }) => JUDGED.includes(scenario))
    .flatMap(({ scenario, metrics }) =>
      metrics.flatMap(({ metric, newest, changePoints }): Suspicion[] => {
        const sentence = suspectSentence(metric, newest) ?? changeSentence(metric, changePoints);
        if (sentence === null) return [];
        return [{ scenario: scenario as NightScenario, metric, from: 'trend', sentence }];
      }),
    );
}

type MetricOfSeries = TrendOfSeries['metrics'][number];

function suspectSentence(metric: TrendMetric, newest: MetricOfSeries['newest']): string | null {
  if (newest?.state !== 'suspect' || newest.expected === null) return null;
  const { low, high, runs } = newest.expected;
  return `${metric} of the newest run is ${formatMetric(metric, newest.value)}; the ${runs} runs before it lead to expect ${formatMetric(metric, low)} to ${formatMetric(metric, high)}.`;
}

function changeSentence(
  metric: TrendMetric,
  changePoints: MetricOfSeries['changePoints'],
): string | null {
  const worse = changePoints.find(
    ({ isNew, before, after }) => isNew && isWorse(metric, after - before),
  );
  if (worse === undefined) return null;
  return `${metric} has changed by ${formatChange(metric, worse.before, worse.after)} since run ${worse.run}.`;
}

/** The suspicions that the rerun showed again, in the same metric of the same scenario. */
export function confirmedOf(
  suspected: readonly Suspicion[],
  seenAgain: readonly Suspicion[],
): Suspicion[] {
  return suspected.filter(({ scenario, metric }) =>
    seenAgain.some((other) => other.scenario === scenario && other.metric === metric),
  );
}
