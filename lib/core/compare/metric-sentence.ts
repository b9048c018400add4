import { groupDigits } from '../report/format-figure.ts';
import { FLOOR_RUNS } from '../trend/night-noise.ts';
import {
  type ComparedMetric,
  type CompareSettings,
  LEAST_ROUNDS,
  LEAST_WINDOWS,
  leastOrders,
} from './compare-settings.ts';
import type { CompareMode, MetricComparison } from './comparison.ts';
import { change, hidesTenfold, levelText, metricName, size } from './metric-words.ts';

/** The result of a metric in one or two sentences. */
export function metricSentence(
  judged: Omit<MetricComparison, 'sentence'>,
  mode: CompareMode,
  settings: CompareSettings,
): string {
  const { metric, verdict, effect, interval, decisive } = judged;
  const name = metricName(metric);
  if (effect === null || judged.why === 'too-few-orders') {
    return `${name}: ${missing(judged, mode)}.`;
  }
  if (interval === null) {
    return `${name}: ${change(metric, effect)}, with an unknown error, because ${missing(judged, mode)}.`;
  }
  const moved = movement(metric, effect);
  const [low, high] = decisive?.interval ?? interval;
  const level = levelText(decisive?.level ?? 0.95);
  const between = `${level} interval ${change(metric, low)} to ${change(metric, high)}`;
  const least = metric === 'successRatio' ? settings.minSuccessEffect : settings.minEffect;
  const tolerance = metric === 'successRatio' ? settings.successTolerance : settings.tolerance;
  switch (verdict) {
    case 'regress':
    case 'improve':
      return `${name} is ${moved} (${between}), more than noise explains.`;
    case 'no-change':
      return Math.abs(effect) < least
        ? `${name} has not changed: ${change(metric, effect)}, and the ${between} lies within ±${size(metric, tolerance)}.`
        : `${name} is ${moved}, which noise can explain, and the ${between} lies within ±${size(metric, tolerance)}.`;
    default:
      return `${name}: ${change(metric, effect)} (${between}${openText(judged, mode)}.`;
  }
}

function openText(judged: Omit<MetricComparison, 'sentence'>, mode: CompareMode): string {
  if (judged.why === 'too-noisy')
    return `) is indistinguishable from noise; ${settle(judged, mode)}`;
  const why = missing(judged, mode);
  if (judged.smallestDetectable !== null) {
    return `, from the noise known so far), but ${why}. With that noise, ${settle(judged, mode)}`;
  }
  const isWithin = judged.why === 'no-noise-floor';
  return `${isWithin ? ', from the noise within the runs alone' : ''}), but ${why}`;
}

function movement(metric: ComparedMetric, effect: number): string {
  const by = size(metric, Math.abs(effect));
  if (metric === 'successRatio') return `${by} ${effect < 0 ? 'lower' : 'higher'}`;
  return `${by} ${effect > 0 ? 'slower' : 'faster'}`;
}

function settle(judged: Omit<MetricComparison, 'sentence'>, mode: CompareMode): string {
  const { runsNeeded } = judged;
  const detectable = detectableText(judged);
  if (mode === 'candidate') {
    return `${detectable}. More runs in the same night would not settle it, because they share its noise`;
  }
  const unit = mode === 'duet' ? 'rounds' : 'runs per side';
  const more =
    runsNeeded === null
      ? `it would take more than 200 ${unit}`
      : `about ${runsNeeded} ${unit} would settle it`;
  return `${detectable}. If the effect stays as it is, ${more}`;
}

function detectableText(judged: Pick<MetricComparison, 'metric' | 'smallestDetectable'>): string {
  const { metric, smallestDetectable } = judged;
  if (smallestDetectable === null) return 'the smallest detectable change is not known';
  return hidesTenfold(judged)
    ? 'even a tenfold change would go undetected'
    : `the smallest detectable change is about ${size(metric, smallestDetectable)}`;
}

function missing(
  { metric, why }: Pick<MetricComparison, 'metric' | 'why'>,
  mode: CompareMode,
): string {
  switch (why) {
    case 'no-noise-floor':
      if (mode === 'candidate') return 'the history has no run with this scenario, load and target';
      return 'the noise from run to run is not known, so a single pair gets no verdict';
    case 'short-history':
      return `the history has fewer than ${FLOOR_RUNS.least} runs with this scenario, load and target at the current level`;
    case 'too-few-orders':
      return metric === 'successRatio'
        ? 'not judged, because no orders were offered'
        : `not judged, because that takes ${groupDigits(leastOrders(metric))} stored orders in each run (or block)`;
    case 'too-few-windows':
      return `it takes ${LEAST_WINDOWS} windows in each run to estimate the noise within it: run for ${LEAST_WINDOWS} s or longer`;
    case 'too-few-rounds':
      return `it takes ${LEAST_ROUNDS} rounds: run ab with --profile standard or long`;
    default:
      return 'it has no value';
  }
}
