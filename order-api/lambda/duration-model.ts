import type { Random } from './random.ts';

export interface DurationModel {
  /** CPU time of one call on a whole vCPU. */
  readonly workMs: number;
  /** Waiting time of one call (network, DynamoDB); it does not depend on the memory. */
  readonly ioMs: number;
  readonly memoryMb: number;
}

/** Memory that buys one vCPU (docs.aws.amazon.com/lambda/latest/dg/configuration-memory). */
const MB_PER_VCPU = 1769;
/** With less than a whole vCPU, the CPU comes in bursts: each period of this length begins with the quota. */
const QUOTA_PERIOD_MS = 20;

/** Mean time of the CPU part of a call. Less than a whole vCPU stretches it; more does not help a single thread. */
export function cpuMs({ workMs, memoryMb }: DurationModel): number {
  return workMs / Math.min(1, memoryMb / MB_PER_VCPU);
}

/**
 * Time of the CPU part of one call with quota periods (observed on AWS: https://github.com/pwrdrvr/lambda-throttling).
 * In every period of 20 ms the function runs for its quota, 20 · MB / 1,769 ms, and then pauses. Calls begin at any
 * point of the quota, so the number of pauses varies by one from call to call; the mean is `cpuMs`.
 */
export function drawCpuMs(model: DurationModel, random: Random): number {
  const quotaMs = (QUOTA_PERIOD_MS * model.memoryMb) / MB_PER_VCPU;
  if (quotaMs >= QUOTA_PERIOD_MS || model.workMs === 0) return model.workMs;
  const leftMs = (1 - random()) * quotaMs;
  const pauses = model.workMs <= leftMs ? 0 : Math.ceil((model.workMs - leftMs) / quotaMs);
  return model.workMs + pauses * (QUOTA_PERIOD_MS - quotaMs);
}

/**
 * How long a call must still wait after it really took `elapsedMs`. The real call replaces the modelled I/O: if it was
 * faster, the call waits for the rest. `drawnCpuMs` is the call's CPU time; by default the mean.
 */
export function remainingMs(
  model: DurationModel,
  elapsedMs: number,
  drawnCpuMs = cpuMs(model),
): number {
  return drawnCpuMs + Math.max(0, model.ioMs - elapsedMs);
}
