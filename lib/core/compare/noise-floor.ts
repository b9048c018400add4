import { mean, sampleStandardDeviation } from 'simple-statistics';
import { changePoints } from './changes/change-points.ts';
import { type ComparedMetric, FLOOR_RUNS } from './compare-settings.ts';
import type { PastRun } from './compared-run.ts';
import { type NightNoise, nightNoise, type TimedLevel } from './night-noise.ts';
import { nightsOf } from './nights.ts';
import { leastShift } from './trend-metric.ts';

/** How far apart runs of the same thing lie: the least noise that any comparison of runs has. */
export interface NoiseFloor {
  readonly mean: number;
  /** Standard deviation of run levels, from run to run. */
  readonly sd: number;
  /** Runs that it is taken from, 8 to 30. */
  readonly runs: number;
  /** Those runs, oldest first. */
  readonly used: readonly PastRun[];
  /** How far a run of another night is off their mean by chance. */
  readonly nextNight: NightNoise;
}

/** The level of a run in a metric: the logarithm of a latency, or the success rate itself. */
export function levelOf(run: PastRun, metric: ComparedMetric): number | null {
  return metric === 'successRatio' ? run.success.ratio : run.levels[metric];
}

/**
 * The floor of the newest runs since the level last changed; null for fewer than eight of them.
 * @param history oldest first.
 */
export function noiseFloor(history: readonly PastRun[], metric: ComparedMetric): NoiseFloor | null {
  const levels = history.flatMap((run): RunLevel[] => {
    const level = levelOf(run, metric);
    return level === null ? [] : [{ level, run, startedAtMs: run.startedAtMs }];
  });
  const used = atPresentLevel(levels, metric).slice(-FLOOR_RUNS.most);
  if (used.length < FLOOR_RUNS.least) return null;
  const ofUsed = used.map(({ level }) => level);
  return {
    mean: mean(ofUsed),
    sd: sampleStandardDeviation(ofUsed),
    runs: used.length,
    used: used.map(({ run }) => run),
    nextNight: nightNoise(used),
  };
}

interface RunLevel extends TimedLevel {
  readonly run: PastRun;
}

/**
 * The runs since the level last changed. Several runs of a night stand as their mean, since what moves a
 * night moves them all and would look like a step; where all are of one night, each stands for itself.
 */
function atPresentLevel(levels: readonly RunLevel[], metric: ComparedMetric): readonly RunLevel[] {
  const nights = nightsOf(levels);
  const looked = nights.length === 1 ? levels.map((one) => [one]) : nights;
  const shift = leastShift(metric === 'successRatio' ? 'success' : metric);
  const changes = changePoints(
    looked.map((night) => mean(night.map(({ level }) => level))),
    shift,
  );
  return looked.slice(changes[changes.length - 1]?.at ?? 0).flat();
}
