/** The parts of a message that the mapping needs. */
export interface Buffered {
  readonly messageId: string;
  /** Size of its record in the invocation's payload. */
  readonly bytes: number;
}

export interface BatchBuffer<M extends Buffered> {
  add(messages: readonly M[]): void;
  size(): number;
  /** Returns the next batch if one is due by size, payload or window, or `evenIfNotDue`; else null. */
  take(evenIfNotDue?: boolean): readonly M[] | null;
}

export interface BatchBufferOptions {
  readonly batchSize: number;
  readonly windowMs: number;
  readonly nowMs: () => number;
}

/** Lambda's limit for the payload of an invocation, 6 MB. */
export const MAX_PAYLOAD_BYTES = 6 * 1024 * 1024;
/** Length of `{"Records":[]}`. */
const ENVELOPE_BYTES = 14;

/** Collects the messages of one poller into batches. */
export function createBatchBuffer<M extends Buffered>(options: BatchBufferOptions): BatchBuffer<M> {
  const { batchSize, windowMs, nowMs } = options;
  let buffered: { readonly message: M; readonly sinceMs: number }[] = [];

  /** Number of messages in the next batch, and whether it is full. */
  function nextBatchSize(): { readonly count: number; readonly full: boolean } {
    let bytes = ENVELOPE_BYTES;
    let count = 0;
    for (const { message } of buffered) {
      if (count === batchSize) break;
      // One byte for the comma between records. A single message is always smaller than the payload limit.
      bytes += message.bytes + 1;
      if (count > 0 && bytes > MAX_PAYLOAD_BYTES) return { count, full: true };
      count += 1;
    }
    return { count, full: count === batchSize };
  }

  return {
    add(messages) {
      const sinceMs = nowMs();
      for (const message of messages) buffered.push({ message, sinceMs });
    },
    size: () => buffered.length,
    take(evenIfNotDue = false) {
      const oldest = buffered[0];
      if (oldest === undefined) return null;
      const { count, full } = nextBatchSize();
      if (!full && !evenIfNotDue && nowMs() < oldest.sinceMs + windowMs) return null;
      const batch = buffered.slice(0, count).map(({ message }) => message);
      buffered = buffered.slice(count);
      return batch;
    },
  };
}
