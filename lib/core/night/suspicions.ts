import { formatChange, formatMetric } from '../summary/trend/metric-text.ts';
import { SAME_WITHIN_NIGHTS } from '../trend/changes/changes-by-night.ts';
import type { TrendMetric } from '../trend/trend-metric.ts';
import { isWorse } from '../trend/trend-metric.ts';
import type { Night, NightComparison, Suspicion, TrendOfSeries } from './night.ts';
import { COMPARED_SCENARIO, NIGHT_SCENARIOS, type NightScenario, nightRole } from './night-plan.ts';

/** What a comparison of steady runs calls a regression. */
export function suspicionsOfComparison(comparison: NightComparison): Suspicion[] {
  if ('notMade' in comparison || comparison.verdict !== 'regress') return [];
  return comparison.metrics
    .filter(({ gated, verdict }) => gated && verdict === 'regress')
    .map(({ metric, sentence }) => ({
      scenario: COMPARED_SCENARIO,
      metric: metric === 'successRatio' ? 'success' : metric,
      from: 'compare',
      sentence,
    }));
}

/** The few orders of a gate have no percentiles. */
const JUDGED: readonly string[] = NIGHT_SCENARIOS.filter((one) => nightRole(one) !== 'gate');

/**
 * The newest runs and new change points that are for the worse.
 * @param before the trends of the history before the night: a change that they show is none of tonight's.
 */
export function suspicionsOfTrends(
  trends: readonly TrendOfSeries[],
  before: readonly TrendOfSeries[],
): Suspicion[] {
  const known = before.flatMap(({ metrics }) => metrics.flatMap(newChanges));
  return trends
    .filter(({ scenario }) => JUDGED.includes(scenario))
    .flatMap(({ scenario, metrics }) =>
      metrics.flatMap((ofMetric): Suspicion[] => {
        const { metric, newest } = ofMetric;
        const sentence = suspectSentence(metric, newest) ?? changeSentence(ofMetric, known);
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

type NewChange = MetricOfSeries['changePoints'][number];

function newChanges({ changePoints }: MetricOfSeries): NewChange[] {
  return changePoints.filter(({ isNew }) => isNew);
}

/** Further runs move a change that was seen before by a few nights. */
function isSame(one: NewChange, other: NewChange): boolean {
  const isRise = ({ before, after }: NewChange) => after > before;
  return (
    one.series === other.series &&
    one.metric === other.metric &&
    isRise(one) === isRise(other) &&
    Math.abs(one.night - other.night) <= SAME_WITHIN_NIGHTS
  );
}

function changeSentence(ofMetric: MetricOfSeries, known: readonly NewChange[]): string | null {
  const { metric } = ofMetric;
  const worse = newChanges(ofMetric).find(
    (change) =>
      isWorse(metric, change.after - change.before) && !known.some((one) => isSame(one, change)),
  );
  if (worse === undefined) return null;
  const { before, after, run } = worse;
  return `${metric} has changed by ${formatChange(metric, before, after)} since run ${run}.`;
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

/** Scenarios with a suspicion that the rerun did not show again, or that no rerun came to an end for. */
export function openScenarios({
  suspected,
  confirmed,
}: Pick<Night, 'suspected' | 'confirmed'>): readonly NightScenario[] {
  const open = suspected.filter((one) => !(confirmed ?? []).includes(one));
  return [...new Set(open.map(({ scenario }) => scenario))];
}
