import { createLagTally, type LagPercentiles } from './lag-tally.ts';
import type { ReceivedMessage } from './received-message.ts';

/** What happened on the queue path since the start, as the mapping and the sender saw it. */
export interface QueueCounts {
  /** Messages that the API put into the queue. */
  readonly sent: number;
  /** Deliveries to the mapping; more than `sent` where messages came again. */
  readonly received: number;
  /** Deliveries of messages that had been received before. */
  readonly redelivered: number;
  readonly deleted: number;
  /** Batches for which the function was invoked. */
  readonly batches: number;
  /** Batches that failed entirely: by an error, or by the function's response. */
  readonly failedBatches: number;
  /** Batches from which some messages returned to the queue. */
  readonly partialBatches: number;
  /** Invocations that Lambda refused; a batch is tried again until its messages reappear. */
  readonly throttledInvocations: number;
  /** Mean messages of a batch over the batch size, or null before the first. */
  readonly batchFill: number | null;
  /** Age of the oldest message that is neither deleted nor out of receives; null where there is none. */
  readonly oldestAgeMs: number | null;
  /** From SQS's SentTimestamp to `storedAt`, of orders that the queue path stored. */
  readonly acceptedToStoredMs: LagPercentiles;
}

export interface QueueLog {
  /** To be called before a message is sent; the result with its id, or null where sending failed. */
  sending(): (messageId: string | null) => void;
  received(messages: readonly ReceivedMessage[]): void;
  /** Before the invocation: from here on `stored` knows when these orders were accepted. */
  invoking(batch: readonly ReceivedMessage[]): void;
  throttled(): void;
  stored(orderId: string, storedAtMs: number): void;
  /** After the invocation and the deletes: which of the batch are gone, and which return. */
  settled(
    batch: readonly ReceivedMessage[],
    deleted: readonly ReceivedMessage[],
    returned: readonly ReceivedMessage[],
  ): void;
  read(): QueueCounts;
}

export interface QueueLogOptions {
  readonly batchSize: number;
  readonly maxReceiveCount: number;
  /** Epoch ms. */
  readonly nowMs: () => number;
}

export function createQueueLog(options: QueueLogOptions): QueueLog {
  const { batchSize, maxReceiveCount, nowMs } = options;
  const lag = createLagTally();
  const counts = {
    sent: 0,
    received: 0,
    redelivered: 0,
    deleted: 0,
    batches: 0,
    failedBatches: 0,
    partialBatches: 0,
    throttledInvocations: 0,
  };
  /** Messages in the queue, oldest first, with the time they were sent. */
  const waiting = new Map<string, number>();
  /** Deleted before their sender learned their id; only needed while a send is under way. */
  const goneEarly = new Set<string>();
  const acceptedMs = new Map<string, number>();
  let sendsUnderWay = 0;
  let invokedMessages = 0;

  function gone(messageId: string): void {
    waiting.delete(messageId);
    if (sendsUnderWay > 0) goneEarly.add(messageId);
  }

  return {
    sending() {
      const sentMs = nowMs();
      sendsUnderWay += 1;
      return (messageId) => {
        if (messageId !== null) {
          counts.sent += 1;
          if (!goneEarly.has(messageId) && !waiting.has(messageId)) waiting.set(messageId, sentMs);
        }
        sendsUnderWay -= 1;
        if (sendsUnderWay === 0) goneEarly.clear();
      };
    },
    received(messages) {
      for (const { messageId, receiveCount, sentMs } of messages) {
        counts.received += 1;
        if (receiveCount > 1) counts.redelivered += 1;
        if (!waiting.has(messageId)) waiting.set(messageId, sentMs);
      }
    },
    invoking(batch) {
      counts.batches += 1;
      invokedMessages += batch.length;
      for (const { record, sentMs } of batch) {
        const orderId = orderIdOf(record.body);
        if (orderId !== null) acceptedMs.set(orderId, sentMs);
      }
    },
    throttled() {
      counts.throttledInvocations += 1;
    },
    stored(orderId, storedAtMs) {
      const sentMs = acceptedMs.get(orderId);
      if (sentMs === undefined) return;
      lag.add(storedAtMs - sentMs);
      acceptedMs.delete(orderId);
    },
    settled(batch, deleted, returned) {
      counts.deleted += deleted.length;
      if (returned.length === batch.length) counts.failedBatches += 1;
      else if (returned.length > 0) counts.partialBatches += 1;
      for (const { messageId } of deleted) gone(messageId);
      for (const { messageId, receiveCount } of returned) {
        if (receiveCount >= maxReceiveCount) gone(messageId);
      }
      for (const { record } of batch) {
        const orderId = orderIdOf(record.body);
        if (orderId !== null) acceptedMs.delete(orderId);
      }
    },
    read() {
      let oldestMs = Infinity;
      for (const sentMs of waiting.values()) oldestMs = Math.min(oldestMs, sentMs);
      return {
        ...counts,
        batchFill: counts.batches === 0 ? null : invokedMessages / (counts.batches * batchSize),
        oldestAgeMs: oldestMs === Infinity ? null : Math.max(0, nowMs() - oldestMs),
        acceptedToStoredMs: lag.read(),
      };
    },
  };
}

function orderIdOf(body: string): string | null {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || value === null || !('orderId' in value)) return null;
    return typeof value.orderId === 'string' ? value.orderId : null;
  } catch {
    return null;
  }
}
