import exec from 'k6/execution';
import type { LoadPlan } from '../core/load/load-plan.ts';
import { stageAt } from '../core/load/stages.ts';
import { WARMUP_SCENARIO } from '../core/telemetry/metric-names.ts';
import { recordScenarioStart } from './order-metrics.ts';

/** Where in the run the current iteration stands; one object for all iterations of a VU. */
export interface IterationContext {
  readonly isWarmup: boolean;
  /** Number of the iteration in the scenario, unique over all VUs and runners. */
  readonly iteration: number;
  /**
   * To call at the start of each iteration: tags everything the VU records from now on with the step that
   * the iteration starts in, because windows are cut by completion and a stalled step's orders would
   * otherwise land in the next one.
   */
  readonly enter: () => void;
}

export function createIterationContext(plan: LoadPlan): IterationContext {
  const { stages } = plan;
  const warmsUp = plan.warmup !== null;
  // Each access to exec.scenario builds a new object with six closures; its getters stay live.
  let scenario: typeof exec.scenario | null = null;
  let startMs = 0;
  let stepEndsMs = 0;

  const enterStage = (began: typeof exec.scenario, nowMs: number): void => {
    const isFirst = startMs === 0;
    if (isFirst) startMs = began.startTime;
    const { name, endMs } = stageAt(stages, nowMs - startMs);
    exec.vu.metrics.tags['step'] = name;
    stepEndsMs = startMs + endMs;
    if (isFirst) recordScenarioStart(startMs);
  };
  const context = {
    isWarmup: false,
    iteration: 0,
    enter: () => {
      scenario ??= exec.scenario;
      if (warmsUp && scenario.name === WARMUP_SCENARIO) {
        if (!context.isWarmup) exec.vu.metrics.tags['step'] = WARMUP_SCENARIO;
        context.isWarmup = true;
      } else {
        context.isWarmup = false;
        const nowMs = Date.now();
        if (nowMs >= stepEndsMs) enterStage(scenario, nowMs);
      }
      context.iteration = scenario.iterationInTest;
    },
  };
  return context;
}
