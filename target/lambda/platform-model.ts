import { drawHex, drawLogNormal, type Random } from './random.ts';

export interface PlatformModelConfig {
  /** Environments of the account that may be busy at once. */
  readonly accountConcurrency: number;
  /** Reserved concurrency of the function (0 switches it off), or null for none. */
  readonly reservedConcurrency: number | null;
  /** An environment that was idle this long is gone. */
  readonly idleReclaimMs: number;
  /** Median of the INIT phase. */
  readonly initMedianMs: number;
  /** Standard deviation of the logarithm of INIT durations. */
  readonly initSigma: number;
}

export interface PlatformModelDependencies {
  /** Monotonic clock. */
  readonly nowMs: () => number;
  readonly random: Random;
}

/** One execution environment. It serves one request at a time. */
export interface Environment {
  readonly id: string;
  readonly initMs: number;
}

export type ThrottleReason =
  | 'ConcurrentInvocationLimitExceeded'
  | 'ReservedFunctionConcurrentInvocationLimitExceeded';

export type Placement =
  /** A new environment: the request waits `environment.initMs` for it. */
  | { readonly kind: 'cold'; readonly environment: Environment }
  | { readonly kind: 'warm'; readonly environment: Environment }
  | { readonly kind: 'throttled'; readonly reason: ThrottleReason };

/** What the model counted since it was made. */
export interface PlatformCounts {
  readonly invocations: number;
  readonly coldStarts: number;
  readonly throttles: Readonly<Partial<Record<ThrottleReason, number>>>;
  /** Most environments in INIT or BUSY at once. */
  readonly peakConcurrency: number;
  readonly busyEnvironments: number;
  readonly idleEnvironments: number;
}

export interface PlatformModel {
  /** Places one request at once: there is no queue in front of a synchronous call. */
  place(): Placement;
  /** The environment has answered and is idle from now on. */
  release(environment: Environment): void;
  counts(): PlatformCounts;
}

/**
 * Lambda's scheduler for one function: environments go INIT → BUSY → IDLE → gone. A request goes to
 * the environment that became idle last, else to a new one, else it is throttled.
 */
export function createPlatformModel(
  config: PlatformModelConfig,
  { nowMs, random }: PlatformModelDependencies,
): PlatformModel {
  const limit = Math.min(config.accountConcurrency, config.reservedConcurrency ?? Infinity);
  const reason: ThrottleReason =
    config.reservedConcurrency === null
      ? 'ConcurrentInvocationLimitExceeded'
      : 'ReservedFunctionConcurrentInvocationLimitExceeded';
  const throttles: Partial<Record<ThrottleReason, number>> = {};
  // Sorted by the time they became idle: reused from the end, reclaimed from the start.
  const idle: { readonly environment: Environment; readonly sinceMs: number }[] = [];
  let busy = 0;
  let invocations = 0;
  let coldStarts = 0;
  let peakConcurrency = 0;

  function reclaim(): void {
    const deadlineMs = nowMs() - config.idleReclaimMs;
    const firstKept = idle.findIndex((entry) => entry.sinceMs > deadlineMs);
    if (firstKept !== 0) idle.splice(0, firstKept === -1 ? idle.length : firstKept);
  }

  function occupy(): void {
    invocations += 1;
    busy += 1;
    peakConcurrency = Math.max(peakConcurrency, busy);
  }

  return {
    place() {
      if (busy >= limit) {
        throttles[reason] = (throttles[reason] ?? 0) + 1;
        return { kind: 'throttled', reason };
      }
      reclaim();
      occupy();
      const newest = idle.pop();
      if (newest !== undefined) return { kind: 'warm', environment: newest.environment };
      coldStarts += 1;
      const initMs = drawLogNormal(random, config.initMedianMs, config.initSigma);
      return { kind: 'cold', environment: { id: drawHex(random, 32), initMs } };
    },
    release(environment) {
      busy -= 1;
      idle.push({ environment, sinceMs: nowMs() });
    },
    counts() {
      reclaim();
      return {
        invocations,
        coldStarts,
        throttles: { ...throttles },
        peakConcurrency,
        busyEnvironments: busy,
        idleEnvironments: idle.length,
      };
    },
  };
}
