import exec from 'k6/execution';
import type { LoadPlan } from '../core/load/load-plan.ts';
import { stageAt } from '../core/load/stages.ts';
import { WARMUP_SCENARIO } from '../core/telemetry/metric-names.ts';
import { recordScenarioStart } from './order-metrics.ts';

/**
 * The default function of a scenario: calls `run` with the number of the iteration in the scenario, unique
 * over all VUs and runners, and whether it belongs to the warm-up. Everything that the VU records in it is
 * tagged with the step that the iteration started in, because windows are cut by completion and a stalled
 * step's orders would otherwise land in the next one.
 */
export function eachIteration(
  plan: LoadPlan,
  run: (iteration: number, isWarmup: boolean) => void,
): () => void {
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

  return () => {
    scenario ??= exec.scenario;
    const isWarmup = warmsUp && scenario.name === WARMUP_SCENARIO;
    if (isWarmup) {
      exec.vu.metrics.tags['step'] = WARMUP_SCENARIO;
    } else {
      const nowMs = Date.now();
      if (nowMs >= stepEndsMs) enterStage(scenario, nowMs);
    }
    run(scenario.iterationInTest, isWarmup);
  };
}
