import type { Report } from '../report/schema/report-schema.ts';
import { testsOf } from './compare-runs.ts';
import type { CompareSettings } from './compare-settings.ts';
import { COMPARED_METRICS, type ComparedMetric } from './compare-settings.ts';
import { type ComparedRun, comparedRun } from './compared-run.ts';
import type { CompareVerdict } from './comparison.ts';
import { judgeMetrics } from './judge-metrics.ts';
import { noiseFloor } from './noise-floor.ts';
import { smallestEffect } from './smallest-effect.ts';
import { verdictOfMetrics } from './verdict-of-metrics.ts';

/** Numbers of runs per side for which a calibration predicts the smallest detectable effect. */
export const FORETOLD_RUNS = [1, 3, 5, 10] as const;

export interface MetricCalibration {
  readonly metric: ComparedMetric;
  /** Standard deviation from run to run: of the logarithm for latencies (0.03 is about 3%), of the ratio for success. */
  readonly sd: number | null;
  /** Effects detected with a probability of 80%, in the order of `FORETOLD_RUNS`; null without a noise floor. */
  readonly smallest: readonly number[] | null;
}

/** The noise of a target, from pairs of runs against it. */
export interface Calibration {
  readonly runs: number;
  readonly pairs: readonly CompareVerdict[];
  /** Pairs that were judged as changed, each with all other runs as its history. */
  readonly falseAlarms: number;
  readonly metrics: readonly MetricCalibration[];
}

/**
 * The noise floor of a target from A/A pairs: `reports` has the two runs of each pair next to each other. The
 * predictions are for N runs per side, with these runs as the history.
 */
export function calibrationOf(reports: readonly Report[], settings: CompareSettings): Calibration {
  const runs = reports.map(comparedRun);
  const pairs: CompareVerdict[] = [];
  for (let at = 0; at + 1 < runs.length; at += 2) pairs.push(pairVerdict(runs, at, settings));
  return {
    runs: runs.length,
    pairs,
    falseAlarms: pairs.filter((verdict) => verdict === 'regress' || verdict === 'improve').length,
    metrics: COMPARED_METRICS.map((metric) => calibrated(metric, runs, settings)),
  };
}

function pairVerdict(
  runs: readonly ComparedRun[],
  at: number,
  settings: CompareSettings,
): CompareVerdict {
  const [a, b] = [runs[at] as ComparedRun, runs[at + 1] as ComparedRun];
  const history = runs.filter((run) => run !== a && run !== b);
  return verdictOfMetrics(judgeMetrics(testsOf({ a: [a], b: [b], history }), 'single', settings));
}

function calibrated(
  metric: ComparedMetric,
  runs: readonly ComparedRun[],
  { alpha }: CompareSettings,
): MetricCalibration {
  const floor = noiseFloor(runs, metric);
  if (floor === null) return { metric, sd: null, smallest: null };
  const smallest = FORETOLD_RUNS.map((n) => {
    const df = floor.runs - 1 + (n < 3 ? 0 : 2 * n - 2);
    const effect = smallestEffect(floor.sd * Math.sqrt(2 / n), df, alpha / COMPARED_METRICS.length);
    return metric === 'successRatio' ? effect : Math.expm1(effect);
  });
  return { metric, sd: floor.sd, smallest };
}
