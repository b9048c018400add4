import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { OrderApiError } from '../config/order-api-error.ts';
import type { MappingSettings, QueueConfig } from '../config/queue-config.ts';
import { type OrderQueue, renderOrderMessage } from '../handlers/order-queue.ts';
import type { SqsBatchResponse, SqsEvent } from '../handlers/sqs-event.ts';
import type { Invocation } from '../lambda/function-runtime.ts';
import { type ChildServer, startChildServer } from '../servers/child-server.ts';
import type { BatchOrderStore } from '../store/order-store.ts';
import { type BatchInvocation, type MappingRunner, startMappingRunner } from './mapping-runner.ts';
import { createQueueLog, type QueueCounts } from './queue-log.ts';
import type { ReceivedMessage } from './received-message.ts';
import { openSqsQueue, type SqsQueue } from './sqs-queue.ts';

/** What the local order API knows about its queue; the depths are null if the queue does not respond. */
export interface QueueTruth extends QueueCounts {
  /** For your own SQS client: any credentials, region us-east-1, useQueueUrlAsEndpoint false. */
  readonly endpoint: string;
  readonly url: string;
  readonly deadLetterUrl: string;
  readonly visible: number | null;
  /** Received, but neither deleted nor visible again. */
  readonly inFlight: number | null;
  readonly dlq: number | null;
  readonly pollers: number;
}

export type InvokeWriter = (
  event: SqsEvent,
  requestId: string,
) => Promise<Invocation<SqsBatchResponse>>;

export interface QueuePath {
  readonly queue: OrderQueue;
  /** Wraps the store of the function that writes orders, to record when it stores them. */
  observe(store: BatchOrderStore): BatchOrderStore;
  /** Starts the event-source mapping. */
  deliverTo(invoke: InvokeWriter): void;
  readonly mapping: ChangeableMapping;
  truth(): Promise<QueueTruth>;
  stop(): Promise<void>;
}

/** The event-source mapping, and the queue that it reads. */
export interface ChangeableMapping {
  settings(): MappingSettings;
  /** Resolves once no invocation with the former settings is left. */
  change(settings: MappingSettings): Promise<void>;
  /** Sends any message, which is not counted as sent by the API. */
  send(body: string): Promise<void>;
}

export interface QueuePathOptions {
  readonly config: QueueConfig;
  /** Whether the mapping may be changed; false by default. */
  readonly changeable?: boolean;
  readonly newRequestId: () => string;
  /** Wraps the queue that was created, for all uses here. */
  readonly wrapQueue?: (queue: SqsQueue, maxReceiveCount: number) => SqsQueue;
  /** Called with one line if the queue's process ends unexpectedly. */
  readonly warn: (line: string) => void;
  readonly onQueueError: (error: unknown) => void;
  readonly onFunctionError: (error: unknown) => void;
}

/** Starts SQS (fauxqs, as its own process) with the queue and its dead-letter queue. Throws OrderApiError. */
export async function startQueuePath(options: QueuePathOptions): Promise<QueuePath> {
  const { config } = options;
  const server = await startChildServer({
    script: fileURLToPath(new URL('../servers/fauxqs-process.mjs', import.meta.url)),
    what: 'fauxqs, the local SQS',
    insteadOfIt: 'leave --queue out',
    errorCode: 'E_QUEUE_START',
    onExit: (reason) =>
      options.warn(
        `fauxqs ended (${reason}): POST /orders/async is answered with 500 from here on`,
      ),
  });
  const { maxReceiveCount } = config;
  const opened = await openQueue(server, config);
  const sqs = options.wrapQueue?.(opened, maxReceiveCount) ?? opened;
  const log = createQueueLog({ maxReceiveCount, nowMs: Date.now });
  let runner: MappingRunner | undefined;
  let settings: MappingSettings = config;

  return {
    queue: {
      async send(order) {
        const noteSent = log.sending();
        try {
          noteSent(await sqs.send(renderOrderMessage(order)));
        } catch (error) {
          noteSent(null);
          throw error;
        }
      },
    },
    observe: (store) => ({
      get: (orderId) => store.get(orderId),
      getMany(orderIds) {
        log.reading(orderIds.length);
        return store.getMany(orderIds);
      },
      async putIfAbsent(order) {
        log.writing(1);
        const created = await store.putIfAbsent(order);
        if (created) log.stored(order.orderId, order.storedAt);
        return created;
      },
      async putMany(orders) {
        log.writing(orders.length);
        const unwritten = await store.putMany(orders);
        for (const { orderId, storedAt } of orders) {
          if (!unwritten.includes(orderId)) log.stored(orderId, storedAt);
        }
        return unwritten;
      },
    }),
    deliverTo(invoke) {
      runner = startMappingRunner({
        config,
        changeable: options.changeable ?? false,
        queue: sqs,
        log,
        nowMs: Date.now,
        wait: (ms, signal) => delay(ms, undefined, { signal, ref: false }).catch(() => {}),
        invoke: (batch) => invokeWriter(invoke, batch, options.newRequestId()),
        onQueueError: options.onQueueError,
        onFunctionError: options.onFunctionError,
      });
    },
    mapping: {
      settings: () => settings,
      async change(changed) {
        settings = changed;
        await runner?.change(changed);
      },
      async send(body) {
        await opened.send(body);
      },
    },
    async truth() {
      const [depth, dlq] = await Promise.all([
        sqs.depth().catch(() => ({ visible: null, inFlight: null })),
        sqs.deadLetterDepth().catch(() => null),
      ]);
      const { url, deadLetterUrl } = sqs;
      return {
        endpoint: server.endpoint,
        url,
        deadLetterUrl,
        ...log.read(),
        ...depth,
        dlq,
        pollers: runner?.pollers() ?? 0,
      };
    },
    async stop() {
      runner?.stop();
      sqs.close();
      await server.stop();
    },
  };
}

async function openQueue(server: ChildServer, config: QueueConfig): Promise<SqsQueue> {
  try {
    return await openSqsQueue(server.endpoint, config);
  } catch (error) {
    await server.stop();
    const reason = error instanceof Error ? error.message || error.name : String(error);
    throw new OrderApiError(
      'E_QUEUE_START',
      `no queue can be created in fauxqs, the local SQS (${reason}): run \`npm ci\` again, or leave --queue out`,
    );
  }
}

async function invokeWriter(
  invoke: InvokeWriter,
  batch: readonly ReceivedMessage[],
  requestId: string,
): Promise<BatchInvocation> {
  const invocation = await invoke({ Records: batch.map(({ record }) => record) }, requestId);
  switch (invocation.kind) {
    case 'answered':
      return { kind: 'answered', response: invocation.result };
    case 'throttled':
      return { kind: 'throttled' };
    case 'timedOut':
      return { kind: 'failed', error: new Error('the function ran into its timeout') };
    case 'failed':
      return invocation;
  }
}
