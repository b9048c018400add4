import type { RunConfig } from '../../core/config/run-config.ts';
import { durationSeconds, peakRate, scaleStages } from '../../core/load/stages.ts';

/** The load of one run of a sweep; null where a recording decides. */
export interface PlannedLoad {
  readonly ratePerSecond: number | null;
  readonly seconds: number | null;
  readonly warmupSeconds: number;
}

/** What the options say about the load of one run. */
export function plannedLoad(
  config: Pick<
    RunConfig,
    'question' | 'profile' | 'ratePerSecond' | 'durationMs' | 'warmupMs' | 'arrivals'
  >,
): PlannedLoad {
  const warmupSeconds = config.warmupMs / 1000;
  if (config.arrivals.kind === 'file') return { ratePerSecond: null, seconds: null, warmupSeconds };
  const seconds = config.durationMs === null ? null : config.durationMs / 1000;
  const stages = scaleStages(config.question.stages[config.profile], config.ratePerSecond, seconds);
  return { ratePerSecond: peakRate(stages), seconds: durationSeconds(stages), warmupSeconds };
}
