import { type AwsExperiment, mape, parseAwsExperiments } from './references.ts';
import { simulateColdStarts } from './scenarios.ts';

export interface ReplayedExperiment {
  readonly measured: AwsExperiment;
  /** Share of calls with a cold start. */
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

/** Simulates in the platform model what was measured on AWS; `csv` is the file that `parseAwsExperiments` reads. */
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
