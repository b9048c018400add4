import { setMaxListeners } from 'node:events';
import type { MappingSettings, QueueConfig } from '../config/queue-config.ts';
import { parseBatchResponse } from './batch-response.ts';
import {
  createEventSourceMapping,
  type EventSourceMapping,
  type Poller,
  throttleBackoffMs,
} from './event-source-mapping.ts';
import type { QueueLog } from './queue-log.ts';
import type { ReceivedMessage } from './received-message.ts';
import type { SqsQueue } from './sqs-queue.ts';

export type BatchInvocation =
  | { readonly kind: 'answered'; readonly response: unknown }
  | { readonly kind: 'throttled' }
  /** The function threw, or was stopped. */
  | { readonly kind: 'failed'; readonly error: unknown };

export interface MappingRunnerOptions {
  /** The settings of the mapping are those at first. */
  readonly config: QueueConfig;
  /** Whether `change` may be called: then waiting polls must be able to end early. */
  readonly changeable?: boolean;
  readonly queue: Pick<SqsQueue, 'receive' | 'delete' | 'depth'>;
  readonly invoke: (batch: readonly ReceivedMessage[]) => Promise<BatchInvocation>;
  readonly log: QueueLog;
  /** Epoch ms. */
  readonly nowMs: () => number;
  /** Ends early, without an error, when `signal` aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly onQueueError: (error: unknown) => void;
  readonly onFunctionError: (error: unknown) => void;
}

export interface MappingRunner {
  pollers(): number;
  /**
   * Starts new pollers with these settings. Those there were receive no more; resolves once they have finished with the
   * messages that they hold.
   */
  change(settings: MappingSettings): Promise<void>;
  /** Ends polls and waits. It does not wait for running invocations; their messages reappear. */
  stop(): void;
}

/** Pollers with the same settings. */
interface Generation {
  readonly batchSize: number;
  readonly mapping: EventSourceMapping<ReceivedMessage>;
  readonly ending: AbortController;
  readonly running: Set<Promise<void>>;
}

const SCALING_PERIOD_MS = 1_000;
const QUEUE_ERROR_PAUSE_MS = 1_000;

/** Runs the mapping: polls the queue, invokes the function, and deletes the messages that succeeded. */
export function startMappingRunner(options: MappingRunnerOptions): MappingRunner {
  const { config, queue, log, nowMs, wait } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  // Every poller adds a listener.
  setMaxListeners(0, signal);
  const generations = new Set<Generation>();
  let current = begin(config);

  function begin(settings: MappingSettings): Generation {
    const generation: Generation = {
      batchSize: settings.batchSize,
      mapping: createEventSourceMapping(settings, nowMs),
      ending: new AbortController(),
      running: new Set(),
    };
    setMaxListeners(0, generation.ending.signal);
    generations.add(generation);
    return generation;
  }

  /** Null if the batch was throttled until its messages reappeared. */
  async function invoke(batch: readonly ReceivedMessage[]) {
    const reappearMs =
      Math.min(...batch.map((message) => message.receivedMs)) + config.visibilitySeconds * 1000;
    for (let attempt = 0; ; attempt += 1) {
      const invocation = await options
        .invoke(batch)
        .catch((error: unknown) => ({ kind: 'failed', error }) as const);
      if (invocation.kind !== 'throttled') return invocation;
      log.throttled();
      const backoffMs = throttleBackoffMs(attempt, reappearMs - nowMs());
      if (backoffMs === null) return null;
      await wait(backoffMs, signal);
      if (signal.aborted) return null;
    }
  }

  async function succeeded(batch: readonly ReceivedMessage[]): Promise<ReceivedMessage[]> {
    const invocation = await invoke(batch);
    if (invocation === null) return [];
    if (invocation.kind === 'failed') {
      options.onFunctionError(invocation.error);
      return [];
    }
    const failures = parseBatchResponse(
      invocation.response,
      batch.map((message) => message.messageId),
    );
    if (failures === 'none') return [...batch];
    if (failures === 'all') return [];
    return batch.filter((message) => !failures.has(message.messageId));
  }

  async function process(batch: readonly ReceivedMessage[], batchSize: number): Promise<void> {
    log.invoking(batch, batchSize);
    const succeededMessages = await succeeded(batch);
    if (signal.aborted) return;
    let undeleted = new Set<ReceivedMessage>();
    try {
      undeleted = new Set(await queue.delete(succeededMessages));
    } catch (error) {
      undeleted = new Set(succeededMessages);
      if (!signal.aborted) options.onQueueError(error);
    }
    const deleted = succeededMessages.filter((message) => !undeleted.has(message));
    const deletedSet = new Set(deleted);
    log.settled(
      batch,
      deleted,
      batch.filter((message) => !deletedSet.has(message)),
    );
  }

  async function run(
    poller: Poller<ReceivedMessage>,
    { batchSize, ending }: Generation,
  ): Promise<void> {
    const enough = options.changeable ? ending.signal : undefined;
    while (!signal.aborted) {
      const step = poller.next();
      switch (step.kind) {
        case 'end':
          return;
        case 'invoke':
          await process(step.batch, batchSize);
          break;
        case 'receive':
          try {
            const messages = await queue.receive(
              step.maxMessages,
              step.waitSeconds,
              signal,
              enough,
            );
            log.received(messages);
            poller.received(messages);
          } catch (error) {
            options.onQueueError(error);
            await wait(QUEUE_ERROR_PAUSE_MS, signal);
          }
      }
    }
  }

  function startPollers(backlog: boolean): void {
    const generation = current;
    for (const poller of generation.mapping.scale(backlog)) {
      const ended = run(poller, generation).finally(() => generation.running.delete(ended));
      generation.running.add(ended);
    }
  }

  async function scale(): Promise<void> {
    let backlog = false;
    while (!signal.aborted) {
      startPollers(backlog);
      await wait(SCALING_PERIOD_MS, signal);
      // Pollers report a queue that does not respond; here it only means that no poller is added.
      backlog = await queue.depth().then(
        ({ visible }) => visible > 0,
        () => false,
      );
    }
  }

  void scale();
  return {
    pollers: () => [...generations].reduce((sum, { mapping }) => sum + mapping.pollers(), 0),
    async change(settings) {
      const old = current;
      current = begin(settings);
      old.mapping.end();
      old.ending.abort();
      startPollers(false);
      await Promise.all(old.running);
      generations.delete(old);
    },
    stop: () => stopping.abort(),
  };
}
