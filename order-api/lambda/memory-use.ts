import { createPeakSeries, type PeaksOverTime } from './concurrency-series.ts';
import type { Environment } from './platform-model.ts';
import type { RuntimeFaults } from './runtime-faults.ts';

/**
 * Memory that the environments of one function use, in MB. Apart from leaks, it is a constant. `memoryMb` is the
 * environment's own size: the function may have another one by now.
 */
export interface MemoryUse {
  /** An invocation begins. The environment begins to leak with its first one. */
  begin(environment: Environment): void;
  /** Whether a leak has used up the memory; then Lambda kills the environment. */
  isFull(environment: Environment, memoryMb: number): boolean;
  /** Max Memory Used of an invocation that ends now, in whole MB. */
  end(environment: Environment, memoryMb: number): number;
  /** The highest value that `end` returned, over time. */
  overTime(): PeaksOverTime;
}

/** Memory of a Node function with the SDK and nothing else. */
const MB_WITHOUT_LEAK = 85;

export function createMemoryUse(nowMs: () => number, faults: RuntimeFaults | undefined): MemoryUse {
  const firstUsedMs = new WeakMap<Environment, number>();
  const peaks = createPeakSeries(nowMs);

  function leakedMb(environment: Environment): number {
    const now = nowMs();
    return faults?.leakedMb(now - (firstUsedMs.get(environment) ?? now)) ?? 0;
  }

  return {
    begin(environment) {
      if (!firstUsedMs.has(environment)) firstUsedMs.set(environment, nowMs());
    },
    isFull(environment, memoryMb) {
      const leaked = leakedMb(environment);
      return leaked > 0 && startMb(memoryMb) + leaked >= memoryMb;
    },
    end(environment, memoryMb) {
      const usedMb = Math.round(Math.min(memoryMb, startMb(memoryMb) + leakedMb(environment)));
      peaks.add(usedMb);
      return usedMb;
    },
    overTime: peaks.read,
  };
}

function startMb(memoryMb: number): number {
  return Math.min(memoryMb, MB_WITHOUT_LEAK);
}
