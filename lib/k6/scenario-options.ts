import http from 'k6/http';
import type { Options } from 'k6/options';
import { k6Options } from '../core/load/k6-options.ts';
import type { LoadPlan } from '../core/load/load-plan.ts';
import { isWrapped, readEnv } from './env.ts';

/**
 * The `options` that a scenario exports. Under plain `k6 run` they carry thresholds made from the
 * SLOs; under the wrapper, which judges by telemetry, none. LOAD_EXACT=1 has k6 keep its own exact
 * percentiles of the measured orders, at 36 bytes a sample.
 */
export function scenarioOptions(plan: LoadPlan): Options {
  http.setResponseCallback(http.expectedStatuses(...plan.mapping.successStatuses));
  // k6 takes the options from the first evaluation; the other VUs, thousands at times, need none.
  if (__VU > 0) return {};
  const options = k6Options(plan, { thresholds: !isWrapped() });
  if (readEnv()['LOAD_EXACT'] !== '1') return options;
  return { ...options, thresholds: { ...options.thresholds, ...exactSubmetrics(plan) } };
}

/** k6 keeps figures of a tagged part of a metric only where a threshold, even an empty one, names it. */
function exactSubmetrics(plan: LoadPlan): Record<string, string[]> {
  return {
    [`http_req_duration{scenario:${plan.scenario}}`]: [],
    [`http_req_duration{scenario:${plan.scenario},expected_response:true}`]: [],
  };
}
