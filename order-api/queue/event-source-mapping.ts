import { type QueueConfig, RECEIVE_LIMIT } from '../config/queue-config.ts';
import { type Buffered, createBatchBuffer } from './batch-buffer.ts';
import { createPollerScaling } from './poller-scaling.ts';

/** The longest long poll that SQS offers. */
const LONG_POLL_SECONDS = 20;
const FIRST_BACKOFF_MS = 100;
const LONGEST_BACKOFF_MS = 10_000;

/** What a poller does next. */
export type Step<M> =
  | { readonly kind: 'receive'; readonly maxMessages: number; readonly waitSeconds: number }
  | { readonly kind: 'invoke'; readonly batch: readonly M[] }
  | { readonly kind: 'end' };

export interface Poller<M> {
  next(): Step<M>;
  received(messages: readonly M[]): void;
}

export interface EventSourceMapping<M> {
  /** The pollers to start now. To be called about every second, with whether messages wait in the queue. */
  scale(messagesAvailable: boolean): readonly Poller<M>[];
  pollers(): number;
}

/**
 * The decisions of Lambda's event-source mapping for SQS, without its effects. Each poller has one batch
 * at a time: it receives, invokes with what is due, and receives again. Long polls take their full 20 s
 * whatever the window is, so a batch with a window may wait that long on a quiet queue.
 */
export function createEventSourceMapping<M extends Buffered>(
  config: QueueConfig,
  nowMs: () => number,
): EventSourceMapping<M> {
  const scaling = createPollerScaling(config.maximumConcurrency, nowMs);
  let running = 0;

  function startPoller(): Poller<M> {
    const buffer = createBatchBuffer<M>({
      batchSize: config.batchSize,
      windowMs: config.batchWindowSeconds * 1000,
      nowMs,
    });
    let foundNothing = false;
    running += 1;
    return {
      next() {
        const batch = buffer.take();
        if (batch !== null) return { kind: 'invoke', batch };
        if (foundNothing && buffer.size() === 0 && scaling.releaseIdle()) {
          running -= 1;
          return { kind: 'end' };
        }
        return {
          kind: 'receive',
          maxMessages: Math.min(RECEIVE_LIMIT, config.batchSize - buffer.size()),
          waitSeconds: LONG_POLL_SECONDS,
        };
      },
      received(messages) {
        foundNothing = messages.length === 0;
        buffer.add(messages);
      },
    };
  }

  return {
    scale(messagesAvailable) {
      const missing = scaling.observe(messagesAvailable) - running;
      return Array.from({ length: Math.max(0, missing) }, startPoller);
    },
    pollers: () => running,
  };
}

/**
 * How long to wait before a batch that was throttled is tried again, or null when its messages are
 * left to reappear: Lambda retries until their visibility timeout. `attempt` counts from 0. AWS does
 * not publish its backoff; this one doubles from 0.1 s to 10 s.
 */
export function throttleBackoffMs(attempt: number, visibleAgainInMs: number): number | null {
  const backoffMs = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** attempt);
  return backoffMs < visibleAgainInMs ? backoffMs : null;
}
