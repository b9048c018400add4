import exec from 'k6/execution';
import type { LoadPlan } from '../core/load/load-plan.ts';
import { stageAt } from '../core/load/stages.ts';
import { WARMUP_SCENARIO } from '../core/telemetry/metric-names.ts';
import { recordScenarioStart } from './order-metrics.ts';

/** Where in the run the current iteration stands. */
export interface IterationContext {
  readonly isWarmup: boolean;
  /** Number of the iteration in the scenario, unique over all VUs and runners. */
  readonly iteration: number;
}

/**
 * A function to call at the start of each iteration: tags everything the VU records from now on with
 * the step that the iteration starts in, because windows are cut by completion and a stalled step's
 * orders would otherwise land in the next one.
 */
export function createIterationContext(plan: LoadPlan): () => IterationContext {
  // Each access to exec.scenario builds a new object with six closures; its getters stay live.
  let scenario: typeof exec.scenario | null = null;
  let measuredStartMs = 0;
  let taggedStep = '';
  let stepEndsMs = 0;

  const tagStep = (step: string): void => {
    if (step === taggedStep) return;
    exec.vu.metrics.tags['step'] = step;
    taggedStep = step;
  };
  const tagStageAt = (elapsedMs: number): void => {
    const { name, endMs } = stageAt(plan.stages, elapsedMs);
    tagStep(name);
    stepEndsMs = measuredStartMs + endMs;
  };

  return () => {
    scenario ??= exec.scenario;
    const isWarmup = plan.warmup !== null && scenario.name === WARMUP_SCENARIO;
    if (isWarmup) {
      tagStep(WARMUP_SCENARIO);
    } else if (Date.now() >= stepEndsMs) {
      const isFirst = measuredStartMs === 0;
      if (isFirst) measuredStartMs = scenario.startTime;
      tagStageAt(Date.now() - measuredStartMs);
      if (isFirst) recordScenarioStart(measuredStartMs);
    }
    return { isWarmup, iteration: scenario.iterationInTest };
  };
}
