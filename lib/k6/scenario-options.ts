import http from 'k6/http';
import type { Options } from 'k6/options';
import { type K6OptionsChoice, k6Options } from '../core/load/k6-options.ts';
import type { LoadPlan } from '../core/load/load-plan.ts';
import { virtualUserOptions } from '../core/load/virtual-user-options.ts';
import { clientCertificateOption } from './client-certificate.ts';
import { isWrapped, readEnv } from './env.ts';

/**
 * The `options` of a scenario whose default function is an event loop. Under plain `k6 run` they carry thresholds
 * made from the SLOs; under the wrapper, which judges by telemetry, none, and k6 tags and counts no more than
 * the telemetry is read for. LOAD_EXACT=1 has k6 keep its own exact percentiles of the measured orders, at
 * 36 bytes a sample.
 */
export function loopOptions(plan: LoadPlan): Options {
  return optionsOf(plan, k6Options);
}

/** The same for a scenario in k6's usual form, whose orders each wait in a VU. */
export function scenarioOptions(plan: LoadPlan): Options {
  if (plan.arrivals.kind !== 'even') {
    throw new Error(
      'a scenario that waits for each answer takes evenly spaced arrivals only; leave --arrivals out, or use loopOptions and orderLoop',
    );
  }
  return optionsOf(plan, virtualUserOptions);
}

function optionsOf(
  plan: LoadPlan,
  make: (plan: LoadPlan, choice: K6OptionsChoice) => Options,
): Options {
  const isExact = readEnv()['LOAD_EXACT'] === '1';
  const isLean = isWrapped() && !isExact;
  http.setResponseCallback(
    isLean ? NO_CALLBACK : http.expectedStatuses(...plan.mapping.successStatuses),
  );
  // k6 takes the options from the first evaluation; the other VUs, thousands at times, need none.
  if (__VU > 0) return {};
  const options = {
    ...make(plan, { thresholds: !isWrapped(), allTags: !isLean }),
    ...clientCertificateOption(),
  };
  return isExact
    ? { ...options, thresholds: { ...options.thresholds, ...exactSubmetrics(plan) } }
    : options;
}

/** No http_req_failed then; the types leave out that k6 takes null. */
const NO_CALLBACK = null as unknown as ReturnType<typeof http.expectedStatuses>;

/** k6 keeps figures of a tagged part of a metric only where a threshold, even an empty one, names it. */
function exactSubmetrics(plan: LoadPlan): Record<string, string[]> {
  return {
    [`http_req_duration{scenario:${plan.scenario}}`]: [],
    [`http_req_duration{scenario:${plan.scenario},expected_response:true}`]: [],
  };
}
