import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { type QueueConfig, queueConfigWarning } from '../config/queue-config.ts';
import type { FaultInjection } from '../faults/fault-injection.ts';
import { enqueueOrderHandler } from '../handlers/enqueue-order.ts';
import type { SqsBatchResponse, SqsEvent } from '../handlers/sqs-event.ts';
import { isWholeBatch, writeOrdersHandler } from '../handlers/write-orders.ts';
import type { DurationModel } from '../lambda/duration-model.ts';
import type { CountedFunction } from '../lambda/ground-truth.ts';
import { parseRoute, type Route } from '../lambda/routes.ts';
import { withBatchDuration } from '../queue/batch-duration.ts';
import { type ChangeableMapping, type QueueTruth, startQueuePath } from '../queue/queue-path.ts';
import type { BatchOrderStore } from '../store/order-store.ts';
import { type LocalPlatform, ON_DEMAND } from './local-platform.ts';

export interface OrderQueueing {
  readonly routes: readonly Route[];
  readonly functions: readonly CountedFunction[];
  readonly mapping: ChangeableMapping;
  truth(): Promise<QueueTruth>;
  stop(): Promise<void>;
}

export interface OrderQueueingOptions {
  readonly config: QueueConfig;
  /** Whether the mapping may be changed. */
  readonly changeable: boolean;
  readonly platform: LocalPlatform;
  readonly store: BatchOrderStore;
  /** How long one call of a function takes. */
  readonly duration: Omit<DurationModel, 'memoryMb'>;
  readonly faults: FaultInjection | null;
  readonly onStoreError: (error: unknown) => void;
  readonly warn: (line: string) => void;
  /** Returns a function that reports a repeated error only once. */
  readonly warnOnce: (what: string) => (error: unknown) => void;
}

/** `POST /orders/async` → SQS → event-source mapping → the function that stores orders in batches. */
export async function startOrderQueueing(options: OrderQueueingOptions): Promise<OrderQueueing> {
  const { config, platform, faults, warnOnce } = options;
  const { writeMode } = config;
  const warning = queueConfigWarning(config);
  if (warning !== null) options.warn(warning);
  const path = await startQueuePath({
    config,
    changeable: options.changeable,
    newRequestId: randomUUID,
    ...(faults && { wrapQueue: faults.wrapQueue }),
    warn: options.warn,
    onQueueError: warnOnce('the queue fails, its messages wait'),
    onFunctionError: warnOnce('the function that writes orders fails, its messages return'),
  });
  const onQueueError = warnOnce('the queue takes no orders, they are answered with 500');
  const enqueueOrder = platform.httpFunction('enqueue-order', ON_DEMAND, () =>
    enqueueOrderHandler({ queue: path.queue, onQueueError }),
  );
  const store = path.observe(options.store);
  const writeOrders = platform.eventFunction<SqsEvent, SqsBatchResponse>(
    'write-orders',
    ON_DEMAND,
    () =>
      withBatchDuration(
        writeOrdersHandler({
          store,
          writeMode,
          nowMs: Date.now,
          wait,
          random: Math.random,
          onStoreError: options.onStoreError,
        }),
        {
          duration: options.duration,
          writeMode,
          nowMs: faults?.runtime.nowMs ?? (() => performance.now()),
          wait,
          ...(faults && { durationFactor: faults.runtime.durationFactor }),
        },
      ),
    isWholeBatch,
  );
  path.deliverTo((event, requestId) => writeOrders.invoke(event, requestId));
  return {
    routes: [parseRoute('POST /orders/async', enqueueOrder)],
    functions: [enqueueOrder, writeOrders],
    mapping: path.mapping,
    truth: path.truth,
    stop: path.stop,
  };
}

function wait(ms: number): Promise<void> {
  const rounded = Math.round(ms);
  return rounded === 0 ? Promise.resolve() : delay(rounded, undefined, { ref: false });
}
