import { planFromK6Env } from '../core/config/plan-from-k6-env.ts';
import type { LoadPlan } from '../core/load/load-plan.ts';
import type { QuestionProfile } from '../core/load/question-profile.ts';
import { STEADY } from '../questions/steady/profile.ts';
import { readEnv, requireEnv } from './env.ts';
import { readRecording } from './recorded-times.ts';

declare global {
  /** Defined as true by the bundler for the wrapper, which always sets LOAD_PLAN. */
  var ORDER_LOAD_WRAPPED: boolean | undefined;
}

/**
 * The plan of this run: the wrapper's LOAD_PLAN, or under plain k6 one made from BASE_URL, RATE, DURATION and so on. A
 * user's own scenario passes its name and starts with the load of `steady`.
 */
export function loadPlanFromEnv(scenario: string | QuestionProfile): LoadPlan {
  // A constant under the wrapper, so the code that resolves options, half of the bundle, is dropped: k6 evaluates the
  // bundle for every VU.
  return globalThis.ORDER_LOAD_WRAPPED
    ? (JSON.parse(requireEnv('LOAD_PLAN', 'a bundle of the wrapper')) as LoadPlan)
    : plainPlan(typeof scenario === 'string' ? { ...STEADY, name: scenario } : scenario);
}

function plainPlan(profile: QuestionProfile): LoadPlan {
  // Two plain runs must not share order ids, or the second would only send duplicates.
  const fallbackRun = `plain-${Math.floor(Date.now() / 1000).toString(36)}`;
  return planFromK6Env(profile.name, [profile], readEnv(), fallbackRun, readRecording);
}
