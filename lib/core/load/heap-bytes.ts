import type { LoadPlan } from './load-plan.ts';
import { vuBytes } from './vu-bytes.ts';

/** About 160,000 orders' worth of garbage. */
const SOAK_GARBAGE_BYTES = 2 * 2 ** 30;

/**
 * Memory in bytes that k6 may take before it collects garbage: that of all VUs the run may make. A soak would
 * fill it in its first minutes and keep it for hours, so it gets that of the VUs made before the load and
 * two gibibytes; a target that keeps more orders waiting than that loses the soak its service level anyway.
 */
export function heapBytes(
  plan: Pick<LoadPlan, 'scenario' | 'preAllocatedVUs' | 'maxVUs' | 'targetB'>,
): number {
  const { prepared, most } = vuBytes(plan);
  return plan.scenario === 'soak' ? Math.min(most, prepared + SOAK_GARBAGE_BYTES) : most;
}
