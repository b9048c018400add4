import type { LatencyMetric } from '../compare-settings.ts';
import { tTwoSidedP } from '../distributions.ts';
import { holmAdjusted } from '../holm.ts';
import {
  isWorse,
  leastShift,
  type RunFigures,
  runLevel,
  type TrendMetric,
} from '../trend-metric.ts';
import type { NoiseBetweenRuns } from './noise-between-runs.ts';
import { successError } from './success-error.ts';

export interface EntryDifference {
  readonly metric: TrendMetric;
  /** On the scale of `runLevel`; null where a run lacks it. */
  readonly shift: number | null;
  /** within-noise is no proof that nothing changed. unknown: there is no noise to measure it by. */
  readonly reading: 'worse' | 'better' | 'within-noise' | 'unknown';
}

const ALPHA = 0.05;
const METRICS: readonly (LatencyMetric | 'success')[] = ['p50', 'p95', 'p99', 'success'];

/**
 * How run B stands against run A, by the noise between runs of their series: a difference of two runs
 * has √2 times the standard deviation of one. p < 0.05 after Holm's adjustment over the four metrics,
 * and at least `leastShift`. This reads run-level figures only; what happened within the runs, `npm run
 * compare` reads.
 * @param noise by metric, of runs like the two; null where these cannot be compared.
 */
export function compareEntries(
  a: RunFigures,
  b: RunFigures,
  noise: Readonly<Partial<Record<TrendMetric, NoiseBetweenRuns>>> | null,
): EntryDifference[] {
  const tests = METRICS.map((metric) => {
    const [levelA, levelB] = [runLevel(a, metric), runLevel(b, metric)];
    const shift = levelA === null || levelB === null ? null : levelB - levelA;
    const floor = noise?.[metric];
    if (shift === null || floor === undefined) return { metric, shift, p: null };
    const sd = Math.max(floor.sd, metric === 'success' ? byChance(a, b) : 0);
    const p = shift === 0 ? 1 : tTwoSidedP(shift / (Math.SQRT2 * sd), floor.df);
    return { metric, shift, p };
  });
  const adjusted = holmAdjusted(tests.flatMap(({ p }) => p ?? []));
  let next = 0;
  return tests.map(({ metric, shift, p }) => {
    if (shift === null || p === null) return { metric, shift, reading: 'unknown' };
    const isNotable = (adjusted[next++] as number) < ALPHA && Math.abs(shift) >= leastShift(metric);
    if (!isNotable) return { metric, shift, reading: 'within-noise' };
    return { metric, shift, reading: isWorse(metric, shift) ? 'worse' : 'better' };
  });
}

/** Error of the success rate of both runs, whatever runs of the past have shown. */
function byChance(a: RunFigures, b: RunFigures): number {
  const ratio = ((a.success.ratio ?? 1) + (b.success.ratio ?? 1)) / 2;
  return Math.max(successError(a.success, ratio), successError(b.success, ratio));
}
