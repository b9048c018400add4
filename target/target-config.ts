import type { StoreChoice } from './store/open-store.ts';

/** One deployment of the order API on the local platform. */
export interface TargetConfig {
  /** 0 picks a free one. */
  readonly port: number;
  readonly store: StoreChoice;
  readonly memoryMb: number;
  /** Of the function that creates orders, or null for none. */
  readonly reservedConcurrency: number | null;
  readonly accountConcurrency: number;
  /** CPU time of one call on a whole vCPU. */
  readonly workMs: number;
  /** Waiting time of one call. */
  readonly ioMs: number;
  /** Median INIT duration of a cold start. */
  readonly initMs: number;
  readonly initSigma: number;
  readonly idleSeconds: number;
  readonly throttleStatus: number;
  readonly seed: number;
}

/**
 * A Node function of 1,024 MB after tuning: calls take about 12 ms (work 3.7 ms and I/O 5.2 ms fit
 * measured warm calls with the AWS SDK at 128 to 1,769 MB within 16 %), cold starts about 142 ms more
 * (log-normal, sigma 0.13: Node 22 on x86). API Gateway reports Lambda's throttling as 500.
 */
export const DEFAULT_TARGET_CONFIG: TargetConfig = {
  port: 0,
  store: { kind: 'dynalite' },
  memoryMb: 1024,
  reservedConcurrency: null,
  accountConcurrency: 1000,
  workMs: 3.7,
  ioMs: 5.2,
  initMs: 142,
  initSigma: 0.13,
  idleSeconds: 600,
  throttleStatus: 500,
  seed: 1,
};
