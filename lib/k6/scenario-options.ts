import http from 'k6/http';
import type { Options } from 'k6/options';
import { type K6OptionsChoice, k6Options } from '../core/load/k6-options.ts';
import type { LoadPlan } from '../core/load/load-plan.ts';
import { virtualUserOptions } from '../core/load/virtual-user-options.ts';
import { clientCertificateOption } from './client-certificate.ts';
import { isWrapped, readEnv } from './env.ts';

/**
 * The `options` of a scenario whose default function is an event loop. Under plain `k6 run` they have thresholds made
 * from the SLOs. Under the wrapper, which judges from telemetry, they have none, and k6 tags and counts no more than
 * the telemetry needs. With LOAD_EXACT=1 k6 keeps its own exact percentiles of the measured orders, at 36 bytes per
 * sample.
 */
export function loopOptions(plan: LoadPlan): Options {
  return optionsOf(plan, k6Options);
}

/** The `options` of a scenario in k6's usual form, in which each order waits in a VU. */
export function scenarioOptions(plan: LoadPlan): Options {
  if (plan.arrivals.kind !== 'even') {
    throw new Error(
      'a scenario that waits for each response supports only evenly spaced arrivals; omit --arrivals, or use loopOptions and orderLoop',
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
  // k6 uses the options of the first evaluation; the other VUs, sometimes thousands, need none.
  if (__VU > 0) return {};
  const options = {
    ...make(plan, { thresholds: !isWrapped(), allTags: !isLean }),
    ...clientCertificateOption(),
  };
  return isExact
    ? { ...options, thresholds: { ...options.thresholds, ...exactSubmetrics(plan) } }
    : options;
}

/** Disables http_req_failed; k6 accepts null, but its types do not. */
const NO_CALLBACK = null as unknown as ReturnType<typeof http.expectedStatuses>;

/** k6 keeps figures of a tagged part of a metric only if a threshold, even an empty one, names it. */
function exactSubmetrics(plan: LoadPlan): Record<string, string[]> {
  return {
    [`http_req_duration{scenario:${plan.scenario}}`]: [],
    [`http_req_duration{scenario:${plan.scenario},expected_response:true}`]: [],
  };
}
