import { type AwsExperiment, mape, parseAwsExperiments } from './references.ts';
import { simulateColdStarts } from './scenarios.ts';

export interface ReplayedExperiment {
  readonly measured: AwsExperiment;
  /** Share of calls. */
  readonly cold: number;
  readonly environments: number;
}

export interface Replay {
  readonly experiments: readonly ReplayedExperiment[];
  /** Mean absolute percentage errors, as shares. */
  readonly coldMape: number;
  readonly environmentsMape: number;
}

const REQUESTS = 200_000;

/** Lets the platform model do what was measured on AWS; `csv` is that of `parseAwsExperiments`. */
export function replayMeasurements(csv: string): Replay {
  const experiments = parseAwsExperiments(csv).map((measured) => {
    const { coldRatio, meanEnvironments } = simulateColdStarts({
      arrivalsPerSecond: measured.perSecond,
      warmMs: measured.warmMs,
      coldMs: measured.coldMs,
      idleReclaimMs: measured.idleMs,
      requests: REQUESTS,
      seed: 1,
    });
    return { measured, cold: coldRatio, environments: meanEnvironments };
  });
  return {
    experiments,
    coldMape: mape(experiments.map(({ cold, measured }) => [cold, measured.cold])),
    environmentsMape: mape(
      experiments.map(({ environments, measured }) => [environments, measured.environments]),
    ),
  };
}
