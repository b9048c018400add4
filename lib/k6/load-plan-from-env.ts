import { planFromK6Env } from '../core/load/plan-from-k6-env.ts';
import type { LoadPlan } from '../core/load/load-plan.ts';
import { readEnv } from './env.ts';

/** The plan of this run: the wrapper's LOAD_PLAN, or one made from BASE_URL, RATE, DURATION … under plain k6. */
export function loadPlanFromEnv(scenario: string): LoadPlan {
  return planFromK6Env(scenario, readEnv());
}
