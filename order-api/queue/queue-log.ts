import { ENTRY_LIMIT } from '../config/queue-config.ts';
import { createLagTally, type LagPercentiles } from './lag-tally.ts';
import type { ReceivedMessage } from './received-message.ts';

/** Events on the queue path so far, as the mapping and the sender saw them. */
export interface QueueCounts {
  /** Messages that the API sent to the queue. */
  readonly sent: number;
  /** Deliveries to the mapping; more than `sent` if messages were delivered again. */
  readonly received: number;
  /** Deliveries of messages that had been received before. */
  readonly redelivered: number;
  readonly deleted: number;
  /** Calls that received messages, or none. A long poll is one call, as SQS bills it. */
  readonly receiveCalls: number;
  /** Calls that deleted up to ten messages each. */
  readonly deleteCalls: number;
  /** Calls of the function that wrote to the table, and the items that they named: a write unit each, up to 1 KB. */
  readonly writeCalls: number;
  readonly writtenItems: number;
  /** Items that the function looked up before it wrote: a read unit each, up to 4 KB. */
  readonly readItems: number;
  /** Batches for which the function was invoked. */
  readonly batches: number;
  /** Batches that failed entirely: by an error, or by the function's response. */
  readonly failedBatches: number;
  /** Batches from which some messages returned to the queue. */
  readonly partialBatches: number;
  /** Invocations that Lambda refused; a batch is tried again until its messages reappear. */
  readonly throttledInvocations: number;
  /** Mean share of the batch size that batches filled, or null before the first batch. */
  readonly batchFill: number | null;
  /** Age of the oldest message that is neither deleted nor out of receives; null if there is none. */
  readonly oldestAgeMs: number | null;
  /** Lag of orders that the queue path stored: from SQS's SentTimestamp to `storedAt`. */
  readonly acceptedToStoredMs: LagPercentiles;
}

export interface QueueLog {
  /** Call it before a message is sent, and the returned function with the message's id, or null if sending failed. */
  sending(): (messageId: string | null) => void;
  received(messages: readonly ReceivedMessage[]): void;
  /** Call it before the invocation: from then on, `stored` knows when these orders were accepted. */
  invoking(batch: readonly ReceivedMessage[], batchSize: number): void;
  throttled(): void;
  /** Call it for every call that looks up or writes this many items. */
  reading(items: number): void;
  writing(items: number): void;
  stored(orderId: string, storedAtMs: number): void;
  /** Call it after the invocation and the deletes, with the messages that are deleted and those that return. */
  settled(
    batch: readonly ReceivedMessage[],
    deleted: readonly ReceivedMessage[],
    returned: readonly ReceivedMessage[],
  ): void;
  read(): QueueCounts;
}

export interface QueueLogOptions {
  readonly maxReceiveCount: number;
  /** Epoch ms. */
  readonly nowMs: () => number;
}

export function createQueueLog(options: QueueLogOptions): QueueLog {
  const { maxReceiveCount, nowMs } = options;
  const lag = createLagTally();
  const counts = {
    sent: 0,
    received: 0,
    redelivered: 0,
    deleted: 0,
    receiveCalls: 0,
    deleteCalls: 0,
    writeCalls: 0,
    writtenItems: 0,
    readItems: 0,
    batches: 0,
    failedBatches: 0,
    partialBatches: 0,
    throttledInvocations: 0,
  };
  /** Messages in the queue, oldest first, with the time at which they were sent. */
  const waiting = new Map<string, number>();
  /** Ids of messages that were deleted before their sender learned the id; only needed while a send is in progress. */
  const deletedEarly = new Set<string>();
  const acceptedMs = new Map<string, number>();
  let sendsUnderWay = 0;
  /** By the size that their batches might have had. */
  const invokedMessages = new Map<number, number>();

  function gone(messageId: string): void {
    waiting.delete(messageId);
    if (sendsUnderWay > 0) deletedEarly.add(messageId);
  }

  return {
    sending() {
      const sentMs = nowMs();
      sendsUnderWay += 1;
      return (messageId) => {
        if (messageId !== null) {
          counts.sent += 1;
          if (!deletedEarly.has(messageId) && !waiting.has(messageId))
            waiting.set(messageId, sentMs);
        }
        sendsUnderWay -= 1;
        if (sendsUnderWay === 0) deletedEarly.clear();
      };
    },
    received(messages) {
      counts.receiveCalls += 1;
      for (const { messageId, receiveCount, sentMs } of messages) {
        counts.received += 1;
        if (receiveCount > 1) counts.redelivered += 1;
        if (!waiting.has(messageId)) waiting.set(messageId, sentMs);
      }
    },
    invoking(batch, batchSize) {
      counts.batches += 1;
      invokedMessages.set(batchSize, (invokedMessages.get(batchSize) ?? 0) + batch.length);
      for (const { record, sentMs } of batch) {
        const orderId = orderIdOf(record.body);
        if (orderId !== null) acceptedMs.set(orderId, sentMs);
      }
    },
    throttled() {
      counts.throttledInvocations += 1;
    },
    reading(items) {
      counts.readItems += items;
    },
    writing(items) {
      counts.writeCalls += 1;
      counts.writtenItems += items;
    },
    stored(orderId, storedAtMs) {
      const sentMs = acceptedMs.get(orderId);
      if (sentMs === undefined) return;
      lag.add(storedAtMs - sentMs);
      acceptedMs.delete(orderId);
    },
    settled(batch, deleted, returned) {
      counts.deleted += deleted.length;
      counts.deleteCalls += Math.ceil(deleted.length / ENTRY_LIMIT);
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
      let fullBatches = 0;
      for (const [size, messages] of invokedMessages) fullBatches += messages / size;
      for (const sentMs of waiting.values()) oldestMs = Math.min(oldestMs, sentMs);
      return {
        ...counts,
        batchFill: counts.batches === 0 ? null : fullBatches / counts.batches,
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
