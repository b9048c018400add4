export interface DurationModel {
  /** CPU time of one call on a whole vCPU. */
  readonly workMs: number;
  /** Waiting time of one call (network, DynamoDB), whatever the memory. */
  readonly ioMs: number;
  readonly memoryMb: number;
}

/** Memory that buys one vCPU (docs.aws.amazon.com/lambda/latest/dg/configuration-memory). */
const MB_PER_VCPU = 1769;

/** Time that the CPU part of a call takes: less than a whole vCPU stretches it, more does not help. */
export function cpuMs({ workMs, memoryMb }: DurationModel): number {
  return workMs / Math.min(1, memoryMb / MB_PER_VCPU);
}

/**
 * How long a call must still wait after it really took `elapsedMs`. The real call stands in for the
 * modelled I/O: only where it was faster is the rest of it waited for.
 */
export function remainingMs(model: DurationModel, elapsedMs: number): number {
  return cpuMs(model) + Math.max(0, model.ioMs - elapsedMs);
}
