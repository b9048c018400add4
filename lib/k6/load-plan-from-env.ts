import { planFromK6Env } from '../core/config/plan-from-k6-env.ts';
import type { LoadPlan } from '../core/load/load-plan.ts';
import { readEnv } from './env.ts';

/** The plan of this run: the wrapper's LOAD_PLAN, or one made from BASE_URL, RATE, DURATION … under plain k6. */
export function loadPlanFromEnv(scenario: string): LoadPlan {
  // Two plain runs must not share order ids: the second would only send duplicates.
  const fallbackRun = `plain-${Math.floor(Date.now() / 1000).toString(36)}`;
  return planFromK6Env(scenario, readEnv(), fallbackRun);
}
