import { holmAdjusted, holmLevel } from '../statistics/holm.ts';
import type { ComparedMetric, CompareSettings } from './compare-settings.ts';
import type { CompareMode, CompareVerdict, MetricComparison } from './comparison.ts';
import type { EffectTest } from './effect-test.ts';
import { metricSentence } from './metric-sentence.ts';
import type { MetricTest } from './metric-test.ts';
import { runsNeeded, smallestEffect } from './smallest-effect.ts';

export interface NamedTest {
  readonly metric: ComparedMetric;
  readonly tested: MetricTest;
}

/** Judges every metric, with p-values corrected for the number of metrics. */
export function judgeMetrics(
  tests: readonly NamedTest[],
  mode: CompareMode,
  settings: CompareSettings,
): MetricComparison[] {
  const gated = tests.filter(({ tested }) => isGated(tested));
  const pValues = gated.map(({ tested }) => tested.test?.pValue ?? 1);
  const adjusted = holmAdjusted(pValues);
  return tests.map((named) => {
    const place = gated.indexOf(named);
    const level = {
      adjusted: place < 0 ? null : (adjusted[place] ?? 1),
      share: holmLevel(
        pValues.filter((_, other) => other !== place),
        settings.alpha,
      ),
      gated: gated.length,
    };
    return judgeMetric(named, level, mode, settings);
  });
}

/** A metric for which the load is too small does not hold up the others. */
function isGated({ why }: MetricTest): boolean {
  return why !== 'too-few-orders';
}

interface Level {
  readonly adjusted: number | null;
  /** The share of the false-alarm probability that the other metrics leave to this one. */
  readonly share: number;
  /** Number of metrics that share the false-alarm probability. */
  readonly gated: number;
}

function judgeMetric(
  { metric, tested }: NamedTest,
  { adjusted, share, gated }: Level,
  mode: CompareMode,
  settings: CompareSettings,
): MetricComparison {
  const { test, why, design } = tested;
  const scale = scaleOf(metric, settings);
  const shown = (value: number) => scale.shown(value);
  const difference = tested.a === null || tested.b === null ? null : tested.b - tested.a;
  const estimate = test?.effect ?? difference;
  const effect = estimate === null ? null : shown(estimate);
  const interval95 = test?.interval(0.95) ?? null;
  const verdict =
    test === null || why !== null
      ? 'inconclusive'
      : metricVerdict({
          effect: shown(test.effect),
          p: adjusted ?? 1,
          excludesZero: test.pValue <= settings.alpha,
          interval90: pair(test.interval(1 - 2 * settings.alpha), shown),
          scale,
          alpha: settings.alpha,
        });
  const perTest = settings.alpha / Math.max(1, gated);
  const isOpen = verdict === 'inconclusive';
  const needed =
    isOpen && test !== null && design !== null
      ? runsNeeded(design, {
          effect: test.effect,
          minEffect: scale.hidden(scale.minEffect),
          tolerance: scale.hidden(scale.tolerance),
          alpha: perTest,
        })
      : null;
  const level = (value: number | null) =>
    value === null || metric === 'successRatio' ? value : Math.exp(value);
  const judged: Omit<MetricComparison, 'sentence'> = {
    metric,
    verdict,
    gated: isGated(tested),
    why: why ?? (isOpen ? 'too-noisy' : null),
    a: level(tested.a),
    b: level(tested.b),
    effect,
    interval: interval95 && pair(interval95, shown),
    decisive:
      test === null || why !== null ? null : decisiveOf(test, verdict, share, settings, shown),
    pValue: why === null ? (test?.pValue ?? null) : null,
    adjustedPValue: why === null ? adjusted : null,
    smallestDetectable:
      test === null || (why !== null && design === null)
        ? null
        : shown(smallestEffect(test.se, test.df, perTest)),
    runsNeeded: needed,
  };
  return { ...judged, sentence: metricSentence(judged, mode, settings) };
}

interface Scale {
  /** Converts an effect from the scale of the test to the one shown: a relative change, or the difference itself. */
  readonly shown: (value: number) => number;
  readonly hidden: (value: number) => number;
  readonly minEffect: number;
  readonly tolerance: number;
  /** Sign of an effect for the worse. */
  readonly worse: 1 | -1;
}

function scaleOf(metric: ComparedMetric, settings: CompareSettings): Scale {
  if (metric === 'successRatio') {
    const { minSuccessEffect: minEffect, successTolerance: tolerance } = settings;
    return { shown: (v) => v, hidden: (v) => v, minEffect, tolerance, worse: -1 };
  }
  const { minEffect, tolerance } = settings;
  return { shown: Math.expm1, hidden: Math.log1p, minEffect, tolerance, worse: 1 };
}

interface MetricEvidence {
  readonly effect: number;
  readonly p: number;
  /** The metric's own p-value, before the correction. */
  readonly excludesZero: boolean;
  readonly interval90: readonly [number, number];
  readonly scale: Scale;
  readonly alpha: number;
}

function metricVerdict(evidence: MetricEvidence): CompareVerdict {
  const { effect, p, excludesZero, interval90, scale, alpha } = evidence;
  const { minEffect, tolerance, worse } = scale;
  const isLarge = Math.abs(effect) >= minEffect;
  if (isLarge && p <= alpha) return Math.sign(effect) === worse ? 'regress' : 'improve';
  // On its own the effect would count as a change, so it does not show that nothing changed.
  if (isLarge && excludesZero) return 'inconclusive';
  const [low, high] = interval90;
  return low > -tolerance && high < tolerance ? 'no-change' : 'inconclusive';
}

/** A change is decided by the interval at the metric's share of α, no change by the one at 2α. */
function decisiveOf(
  test: EffectTest,
  verdict: CompareVerdict,
  share: number,
  { alpha }: CompareSettings,
  shown: (value: number) => number,
): NonNullable<MetricComparison['decisive']> {
  const level = verdict === 'no-change' ? 1 - 2 * alpha : 1 - share;
  return { level, interval: pair(test.interval(level), shown) };
}

function pair(
  [low, high]: readonly [number, number],
  map: (value: number) => number,
): readonly [number, number] {
  return [map(low), map(high)];
}
