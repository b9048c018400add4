import type { RunConfig } from '../../core/config/run-config.ts';

/** Whether a run is the suite's own smoke, which checks the contract after its load. */
export function checksContract(config: Pick<RunConfig, 'scenario' | 'scenarioFile'>): boolean {
  return config.scenario === 'smoke' && config.scenarioFile === null;
}
