import type { QueueConfig } from './queue-config.ts';

/** Faults that the local order API makes on demand. Ratios are from 0 to 1. */
export interface FaultConfig {
  /** What modelled durations (INIT, CPU, waiting) are multiplied by. */
  readonly slower: number;
  /** By how much of themselves they grow in an hour, from the start of the API on. */
  readonly driftPercentPerHour: number;
  /** Memory that an environment loses in an hour, from its first invocation on, in MB. */
  readonly leakMbPerHour: number;
  /** How much longer every call of the store takes. */
  readonly storeLatencyMs: number;
  /** Calls of the store that fail, and those that DynamoDB throttles: neither does anything. */
  readonly storeErrorRatio: number;
  readonly storeThrottleRatio: number;
  /** Answers that say an order was taken, and never reach the client. */
  readonly dropResponseRatio: number;
  /** Invocations whose environment is killed while they run. */
  readonly killEnvironmentRatio: number;
  /** Messages that the queue delivers once more after they were processed. */
  readonly duplicateDeliveryRatio: number;
  /** Messages that hold no order, for each one that does. */
  readonly poisonRatio: number;
}

export const NO_FAULTS: FaultConfig = {
  slower: 1,
  driftPercentPerHour: 0,
  leakMbPerHour: 0,
  storeLatencyMs: 0,
  storeErrorRatio: 0,
  storeThrottleRatio: 0,
  dropResponseRatio: 0,
  killEnvironmentRatio: 0,
  duplicateDeliveryRatio: 0,
  poisonRatio: 0,
};

export function hasFaults(config: FaultConfig): boolean {
  const keys = Object.keys(NO_FAULTS) as (keyof FaultConfig)[];
  return keys.some((key) => config[key] !== NO_FAULTS[key]);
}

/** What makes no sense together, in one line with the remedy; null where nothing. */
export function faultConfigProblem(config: FaultConfig, queue: QueueConfig | null): string | null {
  const { storeErrorRatio, storeThrottleRatio, duplicateDeliveryRatio, poisonRatio } = config;
  if (queue === null && poisonRatio > 0) return '--poison-ratio says nothing without --queue';
  if (queue === null && duplicateDeliveryRatio > 0) {
    return '--duplicate-delivery-ratio says nothing without --queue';
  }
  if (queue?.maxReceiveCount === 1 && duplicateDeliveryRatio > 0) {
    return '--duplicate-delivery-ratio says nothing with --max-receive-count 1, which allows no second delivery: raise it';
  }
  if (storeErrorRatio + storeThrottleRatio <= 1) return null;
  return `a store that fails ${storeErrorRatio} and throttles ${storeThrottleRatio} of its calls has more than it gets: lower --store-error-ratio or --store-throttle-ratio`;
}
