import type { Options } from 'k6/options';
import type { LoadPlan } from '../core/load/load-plan.ts';
import { durationSeconds } from '../core/load/stages.ts';
import { contractChecks } from '../core/order/contract-checks.ts';
import { CONTRACT_SCENARIO } from '../core/telemetry/metric-names.ts';
import { isWrapped } from './env.ts';

const MAX_MINUTES = 5;

/**
 * `options` with a second scenario that checks the contract after the load, with one VU and one request at a time, so
 * it does not affect any figure. It runs the bundle's function `contract`.
 */
export function withContract(plan: LoadPlan, options: Options): Options {
  if (__VU > 0) return options;
  const loadSeconds = durationSeconds(plan.stages) + (plan.warmup?.durationSeconds ?? 0);
  return {
    ...options,
    scenarios: {
      ...options.scenarios,
      [CONTRACT_SCENARIO]: {
        executor: 'shared-iterations',
        exec: 'contract',
        vus: 1,
        iterations: contractChecks(plan, 0).length,
        startTime: `${Math.round(loadSeconds * 1000)}ms`,
        maxDuration: `${MAX_MINUTES}m`,
        gracefulStop: `${plan.gracefulStopMs}ms`,
      },
    },
    thresholds: {
      ...options.thresholds,
      ...(isWrapped() ? {} : { [`checks{scenario:${CONTRACT_SCENARIO}}`]: ['rate==1'] }),
    },
  };
}
