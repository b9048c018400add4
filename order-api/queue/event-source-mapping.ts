import { type MappingSettings, RECEIVE_LIMIT } from '../config/queue-config.ts';
import { type Buffered, createBatchBuffer } from './batch-buffer.ts';
import { createPollerScaling } from './poller-scaling.ts';

/** The longest long poll that SQS allows. */
const LONG_POLL_SECONDS = 20;
const FIRST_BACKOFF_MS = 100;
const LONGEST_BACKOFF_MS = 10_000;

/** The next action of a poller. */
export type Step<M> =
  | { readonly kind: 'receive'; readonly maxMessages: number; readonly waitSeconds: number }
  | { readonly kind: 'invoke'; readonly batch: readonly M[] }
  | { readonly kind: 'end' };

export interface Poller<M> {
  next(): Step<M>;
  received(messages: readonly M[]): void;
}

export interface EventSourceMapping<M> {
  /** Returns the pollers to start now. Call it about once a second, with whether messages wait in the queue. */
  scale(messagesAvailable: boolean): readonly Poller<M>[];
  pollers(): number;
  /** From now on pollers receive nothing: they invoke with what they hold, due or not, and end. */
  end(): void;
}

/**
 * The decisions of Lambda's event-source mapping for SQS, without their effects. Each poller has one batch at a time:
 * it receives, invokes with the batch that is due, and receives again. Long polls always take their full 20 s, whatever
 * the window, so a batch with a window may wait that long on a quiet queue.
 */
export function createEventSourceMapping<M extends Buffered>(
  config: MappingSettings,
  nowMs: () => number,
): EventSourceMapping<M> {
  const scaling = createPollerScaling(config, nowMs);
  let running = 0;
  let ending = false;

  function startPoller(): Poller<M> {
    const buffer = createBatchBuffer<M>({
      batchSize: config.batchSize,
      windowMs: config.batchWindowSeconds * 1000,
      nowMs,
    });
    let lastPollWasEmpty = false;
    running += 1;
    return {
      next() {
        const batch = buffer.take(ending);
        if (batch !== null) return { kind: 'invoke', batch };
        const isIdle = lastPollWasEmpty && buffer.size() === 0;
        if (ending || (isIdle && scaling.releaseIdle())) {
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
        lastPollWasEmpty = messages.length === 0;
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
    end() {
      ending = true;
    },
  };
}

/**
 * Returns the time in ms before a throttled batch is tried again, or null if its messages are left to reappear: Lambda
 * retries until their visibility timeout. `attempt` counts from 0. AWS does not publish its backoff; this one doubles
 * from 0.1 s to 10 s.
 */
export function throttleBackoffMs(attempt: number, visibleAgainInMs: number): number | null {
  const backoffMs = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** attempt);
  return backoffMs < visibleAgainInMs ? backoffMs : null;
}
