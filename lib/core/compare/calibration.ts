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

/** Numbers of runs of each side that a calibration foretells. */
export const FORETOLD_RUNS = [1, 3, 5, 10] as const;

export interface MetricCalibration {
  readonly metric: ComparedMetric;
  /** From run to run: of the logarithm for latencies (0.03 is about 3%), of the rate for success. */
  readonly sd: number | null;
  /** Effects that are seen with a chance of 80%, in the order of `FORETOLD_RUNS`; null without a floor. */
  readonly smallest: readonly number[] | null;
}

/** What runs of one and the same target, made in pairs, tell of its noise. */
export interface Calibration {
  readonly runs: number;
  readonly pairs: readonly CompareVerdict[];
  /** Pairs that were called changed, each judged with all other runs as its history. */
  readonly falseAlarms: number;
  readonly metrics: readonly MetricCalibration[];
}

/**
 * The noise floor of a target from A/A pairs: `reports` holds both runs of each pair one after the
 * other. What it foretells is for N runs of each side and these runs as the history.
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
