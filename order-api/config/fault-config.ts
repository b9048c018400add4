import { FAULT_OPTIONS } from './options/fault-options.ts';
import { defaultValues, type OptionValues } from './options/option-spec.ts';
import type { QueueConfig } from './queue-config.ts';

/** Faults that the local order API injects. */
export type FaultConfig = OptionValues<typeof FAULT_OPTIONS>;

export const NO_FAULTS: FaultConfig = defaultValues(FAULT_OPTIONS);

export function hasFaults(config: FaultConfig): boolean {
  const keys = Object.keys(NO_FAULTS) as (keyof FaultConfig)[];
  return keys.some((key) => config[key] !== NO_FAULTS[key]);
}

/** Which options contradict each other, in one line with the remedy; null if none do. */
export function faultConfigProblem(config: FaultConfig, queue: QueueConfig | null): string | null {
  const { storeErrorRatio, storeThrottleRatio, duplicateDeliveryRatio, poisonRatio } = config;
  if (queue === null && poisonRatio > 0) return '--poison-ratio has no effect without --queue';
  if (queue === null && duplicateDeliveryRatio > 0) {
    return '--duplicate-delivery-ratio has no effect without --queue';
  }
  if (queue?.maxReceiveCount === 1 && duplicateDeliveryRatio > 0) {
    return '--duplicate-delivery-ratio has no effect with --max-receive-count 1, which allows no second delivery: raise it';
  }
  if (storeErrorRatio + storeThrottleRatio <= 1) return null;
  return `the shares of store calls that fail (${storeErrorRatio}) and that are throttled (${storeThrottleRatio}) add up to more than 1, which is all calls: lower --store-error-ratio or --store-throttle-ratio`;
}
