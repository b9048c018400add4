import { mean } from 'simple-statistics';
import { tQuantile, tTwoSidedP } from '../statistics/distributions.ts';
import { holmAdjusted, holmLevel } from '../statistics/holm.ts';
import { fromScale, type MetricTrend } from './metric-trend.ts';
import { FLOOR_RUNS, nightNoise, type TimedLevel } from './night-noise.ts';
import { nightsOf } from './nights.ts';
import { successError } from './success-error.ts';
import { isWorse, leastShift, type TrendMetric } from './trend-metric.ts';

const ALPHA = 0.05;

/** The range expected for the newest run, from the runs before it. */
export interface Expected {
  /** Number of runs behind the expectation, 8 to 30. */
  readonly runs: number;
  /**
   * Bounds of the expected range, in the unit of the metric; beyond them the run is suspect or better. A prediction
   * interval at the level left by the other metrics (Holm), and at least `leastShift` on either side.
   */
  readonly low: number;
  readonly high: number;
}

/** The newest run compared with its segment. */
export interface NewestRun {
  readonly metric: TrendMetric;
  /** The run's value in the unit of the metric. */
  readonly value: number;
  /** suspect: worse than expected. better: better than expected. unknown: too few runs at this level. */
  readonly state: 'expected' | 'suspect' | 'better' | 'unknown';
  /** Null if the state is unknown. */
  readonly expected: Expected | null;
  /** p-value, adjusted for the metrics that are judged together; null if the state is unknown. */
  readonly p: number | null;
}

/**
 * Judges the newest run of each trend by the prediction interval of the last 8 to 30 runs of its segment:
 *
 *     x̄ ± t₍K−1₎ · s · √(1 + 1/K)
 *
 * or, if nights have several runs, by how far one more night differs from their mean (`nightNoise`). Other runs of
 * its own night count only if the nights before have fewer than eight, because they share the same disturbance. A
 * run is suspect or better only if p < 0.05 after Holm's adjustment over the given trends and the difference is at
 * least `leastShift`.
 *
 * Source: G. J. Hahn, W. Q. Meeker, Statistical Intervals, 1991, section 4.7.
 * @param trends of one series; those without runs are left out.
 */
export function judgeNewest(trends: readonly MetricTrend[]): NewestRun[] {
  const tests = trends.flatMap((trend) => test(trend) ?? []);
  const known = tests.flatMap(({ noise }) => (noise === null ? [] : [noise]));
  const adjusted = holmAdjusted(known.map(({ p }) => p));
  let next = 0;
  return tests.map(({ metric, value, shift, noise }) => {
    if (noise === null) return { metric, value, state: 'unknown', expected: null, p: null };
    const { runs, middle, error, df } = noise;
    const others = known.filter((one) => one !== noise).map((one) => one.p);
    const level = holmLevel(others, ALPHA);
    const half = Math.max(tQuantile(1 - level / 2, df) * error, leastShift(metric));
    const p = adjusted[next++] as number;
    // A value on the bound is within it: a rounding error must not decide.
    const isNotable = p < ALPHA && Math.abs(shift) > leastShift(metric) + 1e-12;
    const state = !isNotable ? 'expected' : isWorse(metric, shift) ? 'suspect' : 'better';
    return { metric, value, state, expected: { runs, ...bounds(metric, middle, half) }, p };
  });
}

function bounds(metric: TrendMetric, middle: number, half: number) {
  const [low, high] = [fromScale(metric, middle - half), fromScale(metric, middle + half)];
  return metric === 'success' ? { low: Math.max(0, low), high: Math.min(1, high) } : { low, high };
}

interface Test {
  readonly metric: TrendMetric;
  readonly value: number;
  /** The newest value minus the expected one, on the scale of `runLevel`. */
  readonly shift: number;
  /** The expectation from the runs before; null if there are too few. */
  readonly noise: {
    readonly runs: number;
    /** Mean of the runs before, on the scale of `runLevel`. */
    readonly middle: number;
    readonly error: number;
    readonly df: number;
    readonly p: number;
  } | null;
}

function test({ metric, entries, levels, segments }: MetricTrend): Test | null {
  const newest = entries[entries.length - 1];
  const level = levels[levels.length - 1]?.level;
  const segment = segments[segments.length - 1];
  if (newest === undefined || level === undefined || segment === undefined) return null;
  const value = fromScale(metric, level);
  const before = runsBefore(levels.slice(segment.from)).slice(-FLOOR_RUNS.most);
  const runs = before.length;
  if (runs < FLOOR_RUNS.least) return { metric, value, shift: 0, noise: null };
  const middle = mean(before.map((one) => one.level));
  const { se, df } = nightNoise(before);
  const byChance = metric === 'success' ? successError(newest.success, middle) : 0;
  const error = Math.max(se, byChance * Math.sqrt(1 + 1 / runs));
  const shift = level - middle;
  const p = shift === 0 ? 1 : tTwoSidedP(shift / error, df);
  return { metric, value, shift, noise: { runs, middle, error, df, p } };
}

function runsBefore(levels: readonly TimedLevel[]): readonly TimedLevel[] {
  const earlier = nightsOf(levels).slice(0, -1).flat();
  return earlier.length < FLOOR_RUNS.least ? levels.slice(0, -1) : earlier;
}
