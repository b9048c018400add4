import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Makes calls of the store slow. The time of real calls replaces the modelled waiting of an invocation. A delay must be
 * added to it instead, so this has a clock that stops during a delay.
 */
export interface StoreDelay {
  /** Runs one invocation, with its own delays. */
  run<T>(invocation: () => T): T;
  /** Waits; call it before every call of the store. */
  pass(): Promise<void>;
  /** Monotonic ms, without the time for which the calling invocation was delayed. */
  nowMs(): number;
}

export interface StoreDelayOptions {
  readonly ms: number;
  /** Monotonic clock. */
  readonly nowMs: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

export function createStoreDelay({ ms, nowMs, wait }: StoreDelayOptions): StoreDelay {
  const invocations = new AsyncLocalStorage<{ waiting: number; sinceMs: number; pastMs: number }>();
  return {
    run: (invocation) => invocations.run({ waiting: 0, sinceMs: 0, pastMs: 0 }, invocation),
    async pass() {
      const delays = invocations.getStore();
      if (delays === undefined) return wait(ms);
      // Calls may overlap; the time that they share counts only once.
      if (delays.waiting === 0) delays.sinceMs = nowMs();
      delays.waiting += 1;
      await wait(ms);
      delays.waiting -= 1;
      if (delays.waiting === 0) delays.pastMs += nowMs() - delays.sinceMs;
    },
    nowMs() {
      const delays = invocations.getStore();
      const now = nowMs();
      if (delays === undefined) return now;
      return (delays.waiting === 0 ? now : delays.sinceMs) - delays.pastMs;
    },
  };
}
