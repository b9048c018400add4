import type { FaultConfig } from '../config/fault-config.ts';
import { type Random, seededRandom } from '../lambda/random.ts';
import type { Kill } from '../lambda/runtime-faults.ts';

export type StoreFault = 'error' | 'throttle';

/** The faults so far, for `/__truth`. */
export interface FaultCounts {
  readonly storeErrors: number;
  readonly storeThrottles: number;
  readonly droppedResponses: number;
  readonly killedEnvironments: number;
  /** Messages that were processed and then delivered once more. */
  readonly duplicateDeliveries: number;
  /** Messages without an order that were put into the queue. */
  readonly poisonMessages: number;
  /** The current factor of modelled durations. */
  readonly durationFactor: number;
}

/** Decides which faults happen, and counts them. */
export interface FaultModel {
  durationFactor(): number;
  /** Memory in MB that an environment has leaked this long after its first invocation began. */
  leakedMb(ageMs: number): number;
  /** The fault of one call of the store. */
  storeFault(): StoreFault | null;
  /** Whether the response to one accepted order is lost. */
  dropsResponse(): boolean;
  /** The kill of one invocation; `killed` is called if it happens before the function's timeout. */
  kill(): Kill | null;
  killed(): void;
  /** Whether one processed message is delivered again; `deliveredAgain` is called if that happens. */
  deliversAgain(): boolean;
  deliveredAgain(): void;
  /** Whether a poison message is put into the queue with one order; `poisoned` is called if that happens. */
  addsPoison(): boolean;
  poisoned(): void;
  counts(): FaultCounts;
}

const MS_PER_HOUR = 3_600_000;

/**
 * Creates the fault model. Each fault draws from its own random sequence, so configuring another fault changes neither
 * it nor the platform's durations. `nowMs` is a monotonic clock.
 */
export function createFaultModel(
  config: FaultConfig,
  seed: number,
  nowMs: () => number,
): FaultModel {
  const [store, drop, kill] = [sequence(seed, 1), sequence(seed, 2), sequence(seed, 3)];
  const [again, poison] = [sequence(seed, 4), sequence(seed, 5)];
  const { storeErrorRatio, storeThrottleRatio, dropResponseRatio, killEnvironmentRatio } = config;
  const startedMs = nowMs();
  const counts = {
    storeErrors: 0,
    storeThrottles: 0,
    droppedResponses: 0,
    killedEnvironments: 0,
    duplicateDeliveries: 0,
    poisonMessages: 0,
  };

  const durationFactor = () => {
    const hours = (nowMs() - startedMs) / MS_PER_HOUR;
    return config.slower * (1 + (config.driftPercentPerHour / 100) * hours);
  };

  return {
    durationFactor,
    leakedMb: (ageMs) => (config.leakMbPerHour * ageMs) / MS_PER_HOUR,
    storeFault() {
      const drawn = store();
      if (drawn < storeErrorRatio) {
        counts.storeErrors += 1;
        return 'error';
      }
      if (drawn >= storeErrorRatio + storeThrottleRatio) return null;
      counts.storeThrottles += 1;
      return 'throttle';
    },
    dropsResponse() {
      if (drop() >= dropResponseRatio) return false;
      counts.droppedResponses += 1;
      return true;
    },
    kill() {
      if (kill() >= killEnvironmentRatio) return null;
      return { when: kill() < 0.5 ? 'beforeHandler' : 'afterHandler', share: kill() };
    },
    killed() {
      counts.killedEnvironments += 1;
    },
    deliversAgain: () => again() < config.duplicateDeliveryRatio,
    deliveredAgain() {
      counts.duplicateDeliveries += 1;
    },
    addsPoison: () => poison() < config.poisonRatio,
    poisoned() {
      counts.poisonMessages += 1;
    },
    counts: () => ({ ...counts, durationFactor: durationFactor() }),
  };
}

/**
 * Creates a random sequence. Sequences start far apart, and far from those of neighbouring seeds: by the golden ratio
 * of 2^32.
 */
function sequence(seed: number, index: number): Random {
  return seededRandom(seed ^ Math.imul(index, 0x9e3779b1));
}
