import { planFromK6Env } from '../core/config/plan-from-k6-env.ts';
import type { LoadPlan } from '../core/load/load-plan.ts';
import { readEnv, requireEnv } from './env.ts';
import { readRecording } from './recorded-times.ts';

declare global {
  /** Defined as true by the bundler for a run of the wrapper, which always sets LOAD_PLAN. */
  var ORDER_LOAD_WRAPPED: boolean | undefined;
}

/** The plan of this run: the wrapper's LOAD_PLAN, or one made from BASE_URL, RATE, DURATION … under plain k6. */
export function loadPlanFromEnv(scenario: string): LoadPlan {
  // A constant under the wrapper, so that the resolving of options, half of the bundle, drops out:
  // k6 evaluates the bundle again for every VU.
  return globalThis.ORDER_LOAD_WRAPPED
    ? (JSON.parse(requireEnv('LOAD_PLAN', 'a bundle of the wrapper')) as LoadPlan)
    : // Two plain runs must not share order ids: the second would only send duplicates.
      planFromK6Env(
        scenario,
        readEnv(),
        `plain-${Math.floor(Date.now() / 1000).toString(36)}`,
        readRecording,
      );
}
