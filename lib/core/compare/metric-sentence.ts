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

/** What a metric comes to, in plain words and one sentence. */
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
    return `${name}: ${change(metric, effect)} with an unknown error, as ${missing(judged, mode)}.`;
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
        ? `${name} has not changed: ${change(metric, effect)} (${between}), surely within ±${size(metric, tolerance)}.`
        : `${name} is ${moved}, which noise can explain, and surely within ±${size(metric, tolerance)} (${between}).`;
    default:
      return `${name}: ${change(metric, effect)} (${between}${openText(judged, mode)}.`;
  }
}

function openText(judged: Omit<MetricComparison, 'sentence'>, mode: CompareMode): string {
  if (judged.why === 'too-noisy') return `) cannot be told from noise, ${settle(judged, mode)}`;
  const why = missing(judged, mode);
  if (judged.smallestDetectable !== null) {
    return ` by what is known of the noise so far), but ${why}. By that noise ${settle(judged, mode)}`;
  }
  const isWithin = judged.why === 'no-noise-floor';
  return `${isWithin ? ' of the noise within the runs alone' : ''}), but ${why}`;
}

export function metricName(metric: ComparedMetric): string {
  return metric === 'successRatio' ? 'success' : metric;
}

/** `95%`, `98.75%`. */
export function levelText(level: number): string {
  return `${Number((level * 100).toFixed(2))}%`;
}

/** `+4.2%` of a latency, `−0.30 points` of a success rate. */
export function change(metric: ComparedMetric, effect: number): string {
  const sign = effect < 0 ? '−' : '+';
  return `${sign}${size(metric, Math.abs(effect))}`;
}

function size(metric: ComparedMetric, effect: number): string {
  return metric === 'successRatio'
    ? `${(effect * 100).toFixed(2)} points`
    : `${(effect * 100).toFixed(1)}%`;
}

function movement(metric: ComparedMetric, effect: number): string {
  const by = size(metric, Math.abs(effect));
  if (metric === 'successRatio') return `${by} ${effect < 0 ? 'lower' : 'higher'}`;
  return `${by} ${effect > 0 ? 'slower' : 'faster'}`;
}

function settle(
  { metric, smallestDetectable, runsNeeded }: Omit<MetricComparison, 'sentence'>,
  mode: CompareMode,
): string {
  const sees = seenFrom(metric, smallestDetectable);
  if (mode === 'candidate') {
    return `${sees}; more runs of the same night share its noise and would not settle it`;
  }
  const unit = mode === 'duet' ? 'rounds' : 'runs of each side';
  const more =
    runsNeeded === null
      ? `more than 200 ${unit} would be needed`
      : `about ${runsNeeded} ${unit} would settle it`;
  return `${sees}; if the effect is what it seems, ${more}`;
}

/** Tenfold is an increase by nine times. */
const TENFOLD = 9;

function seenFrom(metric: ComparedMetric, effect: number | null): string {
  if (effect === null) return 'and how small a change would be seen is not known';
  if (metric !== 'successRatio' && effect >= TENFOLD) {
    return 'and not even a tenfold change would be seen';
  }
  return `changes are seen from about ${size(metric, effect)} on`;
}

function missing(
  { metric, why }: Pick<MetricComparison, 'metric' | 'why'>,
  mode: CompareMode,
): string {
  switch (why) {
    case 'no-noise-floor':
      if (mode === 'candidate') return 'the history has no run of this scenario, load and target';
      return 'how much runs of the same thing differ is not known, so a single pair has no verdict';
    case 'short-history':
      return `the history has fewer than ${FLOOR_RUNS.least} runs of this scenario, load and target at the present level`;
    case 'too-few-orders':
      return metric === 'successRatio'
        ? 'not judged, no orders were offered'
        : `not judged, it takes ${groupDigits(leastOrders(metric))} stored orders in each run (or block)`;
    case 'too-few-windows':
      return `it takes ${LEAST_WINDOWS} windows in each run to see the noise within it; run for ${LEAST_WINDOWS} s or longer`;
    case 'too-few-rounds':
      return `it takes ${LEAST_ROUNDS} rounds; run ab with --profile standard or long`;
    default:
      return 'it has no value';
  }
}
