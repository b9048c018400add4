import type { Architecture, Bundle, Runtime } from '../config/options/function-options.ts';

export interface ColdStart {
  /** Median of the INIT phase, which always has a whole vCPU, whatever the memory. */
  readonly initMs: number;
  /** Standard deviation of the logarithm of INIT durations. */
  readonly initSigma: number;
  /** CPU and waiting time of the first call of an environment, or null if it is like the others. */
  readonly firstCall: { readonly workMs: number; readonly ioMs: number } | null;
}

/** Medians and log-normal fits of 198 days of 2026, about 1,830 starts each: https://github.com/maxday/lambda-perf */
const HELLO = {
  node22: { x86: { initMs: 142, initSigma: 0.13 }, arm: { initMs: 125, initSigma: 0.15 } },
  'python3.12': { x86: { initMs: 89, initSigma: 0.14 }, arm: { initMs: 80, initSigma: 0.16 } },
} as const;

/**
 * Medians over 128 to 1,769 MB on x86, and fits of W / min(1, MB / 1,769) + IO to the first calls (MAPE 6% and 9%),
 * from measurements of December 2025 with five items written and read per call.
 */
const SDK = {
  node22: { initMs: 350, firstCall: { workMs: 66, ioMs: 38 } },
  'python3.12': { initMs: 475, firstCall: { workMs: 20, ioMs: 45 } },
} as const;

/**
 * Duration of a cold start by runtime, processor and bundle. For the SDK, neither the spread nor the times on arm are
 * published: the spread, and the ratio of arm to x86, are those of `hello`.
 */
export function coldStartPreset(
  runtime: Runtime,
  architecture: Architecture,
  bundle: Bundle,
): ColdStart {
  const hello = HELLO[runtime][architecture];
  if (bundle === 'hello') return { ...hello, firstCall: null };
  const ratio = hello.initMs / HELLO[runtime].x86.initMs;
  const { initMs, firstCall } = SDK[runtime];
  return { initMs: initMs * ratio, initSigma: hello.initSigma, firstCall };
}

/** Lambda's time limit for INIT. After it, INIT runs once more, as part of the first call and its timeout. */
const INIT_LIMIT_MS = 10_000;

/** Splits INIT into the time before the call and the time within the call, if INIT runs again. */
export function initPhases(initMs: number): {
  readonly beforeMs: number;
  readonly withinMs: number;
} {
  return initMs <= INIT_LIMIT_MS
    ? { beforeMs: initMs, withinMs: 0 }
    : { beforeMs: INIT_LIMIT_MS, withinMs: initMs };
}
