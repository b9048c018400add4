import { mean, sampleStandardDeviation } from 'simple-statistics';
import { changesByNight, isLasting } from '../trend/changes/changes-by-night.ts';
import { FLOOR_RUNS, type NightNoise, nightNoise, type TimedLevel } from '../trend/night-noise.ts';
import { leastShift } from '../trend/trend-metric.ts';
import type { ComparedMetric } from './compare-settings.ts';
import type { PastRun } from './compared-run.ts';

/** How much runs of the same load against the same target vary: the least noise that any comparison of runs has. */
export interface NoiseFloor {
  readonly mean: number;
  /** Standard deviation of the levels, from run to run. */
  readonly sd: number;
  /** Number of runs it was computed from, 8 to 30. */
  readonly runs: number;
  /** The runs it was computed from, oldest first. */
  readonly used: readonly PastRun[];
  /** How far a run of another night differs from their mean by chance. */
  readonly nextNight: NightNoise;
}

/** A change of level that a trend has confirmed. */
export interface ConfirmedChange {
  readonly metric: ComparedMetric;
  /** When the first run at the new level started. */
  readonly startedAtMs: number;
  readonly isRise: boolean;
}

/** The level of a run in a metric: the logarithm of a latency, or the success rate itself. */
export function levelOf(run: PastRun, metric: ComparedMetric): number | null {
  return metric === 'successRatio' ? run.success.ratio : run.levels[metric];
}

/**
 * The noise floor of the newest runs since the last change of level; null for fewer than eight of them.
 * @param history oldest first.
 * @param confirmed changes of level in the same series that a trend has confirmed.
 */
export function noiseFloor(
  history: readonly PastRun[],
  metric: ComparedMetric,
  confirmed: readonly ConfirmedChange[] = [],
): NoiseFloor | null {
  const floor = shortFloor(history, metric, confirmed);
  return floor === null || floor.runs < FLOOR_RUNS.least ? null : floor;
}

/** The noise floor of two runs or more: too few for a verdict, but enough to estimate how many it would take. */
export function shortFloor(
  history: readonly PastRun[],
  metric: ComparedMetric,
  confirmed: readonly ConfirmedChange[] = [],
): NoiseFloor | null {
  const levels = history.flatMap((run): RunLevel[] => {
    const level = levelOf(run, metric);
    return level === null ? [] : [{ level, run, startedAtMs: run.startedAtMs }];
  });
  const changes = confirmed.filter((one) => one.metric === metric);
  const used = atPresentLevel(levels, metric, changes).slice(-FLOOR_RUNS.most);
  if (used.length < 2) return null;
  const usedLevels = used.map(({ level }) => level);
  return {
    mean: mean(usedLevels),
    sd: sampleStandardDeviation(usedLevels),
    runs: used.length,
    used: used.map(({ run }) => run),
    nextNight: nightNoise(used),
  };
}

interface RunLevel extends TimedLevel {
  readonly run: PastRun;
}

/** The runs since the last change of level: the last confirmed one, or a later one that has lasted long enough. */
function atPresentLevel(
  levels: readonly RunLevel[],
  metric: ComparedMetric,
  confirmed: readonly ConfirmedChange[],
): readonly RunLevel[] {
  const { from, last } = lastConfirmed(levels, confirmed);
  const since = levels.slice(from);
  const least = leastShift(metric === 'successRatio' ? 'success' : metric);
  const changes = changesByNight(since, least, last?.isRise ?? null).filter(isLasting);
  return since.slice(changes[changes.length - 1]?.at ?? 0);
}

function lastConfirmed(levels: readonly RunLevel[], confirmed: readonly ConfirmedChange[]) {
  const known = confirmed
    .map((last) => ({
      last,
      from: levels.findIndex(({ startedAtMs }) => startedAtMs >= last.startedAtMs),
    }))
    .filter(({ from }) => from > 0)
    .sort((a, b) => a.from - b.from);
  return known[known.length - 1] ?? { last: null, from: 0 };
}
