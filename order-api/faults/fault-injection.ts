import { type FaultConfig, hasFaults } from '../config/fault-config.ts';
import type { RuntimeFaults } from '../lambda/runtime-faults.ts';
import type { SqsQueue } from '../queue/sqs-queue.ts';
import type { OpenStore } from '../store/order-store.ts';
import { createFaultModel, type FaultCounts } from './fault-model.ts';
import { withQueueFaults } from './faulty-queue.ts';
import { withStoreFaults } from './faulty-store.ts';
import { createStoreDelay, type StoreDelay, type StoreDelayOptions } from './store-delay.ts';

/** The faults of one order API, for each place that injects them. */
export interface FaultInjection {
  readonly runtime: RuntimeFaults;
  /** Null if the store is not delayed. */
  readonly storeDelay: StoreDelay | null;
  /** Undefined if every response reaches its client. */
  readonly dropsResponse: (() => boolean) | undefined;
  /** Wraps the store for the handlers. */
  wrapStore(store: OpenStore): OpenStore;
  /** Wraps the queue for its sender and the event-source mapping. */
  wrapQueue(queue: SqsQueue, maxReceiveCount: number): SqsQueue;
  counts(): FaultCounts;
}

/** Null if no fault is configured: then nothing is wrapped, and no random numbers are drawn. */
export function createFaultInjection(
  config: FaultConfig,
  seed: number,
  { nowMs, wait }: Omit<StoreDelayOptions, 'ms'>,
): FaultInjection | null {
  if (!hasFaults(config)) return null;
  const model = createFaultModel(config, seed, nowMs);
  const ms = config.storeLatencyMs;
  const storeDelay = ms === 0 ? null : createStoreDelay({ ms, nowMs, wait });
  const hasStoreFaults = ms + config.storeErrorRatio + config.storeThrottleRatio > 0;
  return {
    runtime: { ...model, ...(storeDelay && { nowMs: storeDelay.nowMs }) },
    storeDelay,
    dropsResponse: config.dropResponseRatio === 0 ? undefined : model.dropsResponse,
    wrapStore: (store) =>
      hasStoreFaults
        ? withStoreFaults(store, {
            storeFault: model.storeFault,
            pass: storeDelay?.pass ?? null,
          })
        : store,
    wrapQueue: (queue, maxReceiveCount) =>
      config.duplicateDeliveryRatio + config.poisonRatio > 0
        ? withQueueFaults(queue, model, maxReceiveCount)
        : queue,
    counts: model.counts,
  };
}
