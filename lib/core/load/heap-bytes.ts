import type { LoadPlan } from './load-plan.ts';
import { totalOrders } from './stages.ts';
import { vuBytes } from './vu-bytes.ts';

const SOAK_GARBAGE_BYTES = 2 * 2 ** 30;

/** Some twelve samples of 36 bytes, in lists that double as they grow. */
const SAMPLES_BYTES_PER_ORDER = 1000;

/**
 * Memory in bytes that k6 may take before it collects garbage: that of all VUs the run may make, and under
 * `--exact` of every sample, which k6 then keeps. A soak would fill it in its first minutes and keep it for
 * hours, so it gets that of the VUs made before the load and two gibibytes; a target that keeps more orders
 * waiting than that loses the soak its service level anyway.
 */
export function heapBytes(
  plan: Pick<
    LoadPlan,
    'scenario' | 'preAllocatedVUs' | 'maxVUs' | 'targetB' | 'stages' | 'retryRatio'
  >,
  { exact }: { readonly exact: boolean },
): number {
  const { prepared, most } = vuBytes(plan);
  const ofVUs = plan.scenario === 'soak' ? Math.min(most, prepared + SOAK_GARBAGE_BYTES) : most;
  const sends = totalOrders(plan.stages) * (1 + plan.retryRatio);
  return ofVUs + (exact ? sends * SAMPLES_BYTES_PER_ORDER : 0);
}
