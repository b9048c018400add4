import type { OrderInput } from '../store/order-store.ts';
import { parseOrderInput } from './order-input.ts';
import type { SqsBatchResponse, SqsEvent, SqsHandler, SqsRecord } from './sqs-event.ts';
import { isSameOrder } from './store-once.ts';
import { type WriteBatchOptions, writeInBatches, writeOneByOne } from './write-batch.ts';

/** Why a message returns to the queue. Retries help `unwritten` only; the others end in the DLQ. */
export type FailureReason = 'malformed' | 'conflict' | 'unwritten';

export interface WriteOrdersOptions extends WriteBatchOptions {
  /**
   * `batch`: BatchWriteItem, 25 orders per call, after a consistent read. `conditional`: one conditional put per order,
   * which keeps the first order of an id even with a simultaneous writer.
   */
  readonly writeMode: 'batch' | 'conditional';
  readonly onFailure?: (messageId: string, reason: FailureReason) => void;
}

/**
 * Stores the orders of a batch of SQS messages, and returns the messages to be delivered again. Delivering a message
 * twice changes nothing: a stored order keeps its `storedAt`. No message affects the others: one without an order, or
 * with another order under a known id, is returned separately.
 */
export function writeOrdersHandler(options: WriteOrdersOptions): SqsHandler {
  const write = options.writeMode === 'batch' ? writeInBatches : writeOneByOne;
  return async (event) => {
    const { orders, messagesOf, failures } = readMessages(event);
    const results = await write(orders, options);
    for (const { orderId } of orders) {
      const result = results.get(orderId) ?? 'unwritten';
      if (result === 'written') continue;
      for (const { messageId } of messagesOf.get(orderId) ?? []) failures.set(messageId, result);
    }
    for (const [messageId, reason] of failures) options.onFailure?.(messageId, reason);
    return { batchItemFailures: [...failures.keys()].map((id) => ({ itemIdentifier: id })) };
  };
}

export function isWholeBatch(response: SqsBatchResponse): boolean {
  return response.batchItemFailures.length === 0;
}

/**
 * Returns the orders of a batch, each id once, because BatchWriteItem refuses a call with the same item twice. Copies
 * of an order get the same result; the first message with an id decides what its order is.
 */
function readMessages(event: SqsEvent): {
  readonly orders: readonly OrderInput[];
  readonly messagesOf: ReadonlyMap<string, readonly SqsRecord[]>;
  readonly failures: Map<string, FailureReason>;
} {
  const orders = new Map<string, OrderInput>();
  const messagesOf = new Map<string, SqsRecord[]>();
  const failures = new Map<string, FailureReason>();
  for (const message of event.Records) {
    const order = parseOrderInput(message.body);
    if (order === null) {
      failures.set(message.messageId, 'malformed');
      continue;
    }
    const first = orders.get(order.orderId);
    if (first === undefined) orders.set(order.orderId, order);
    else if (!isSameOrder(order, first)) {
      failures.set(message.messageId, 'conflict');
      continue;
    }
    const messages = messagesOf.get(order.orderId) ?? [];
    messages.push(message);
    messagesOf.set(order.orderId, messages);
  }
  return { orders: [...orders.values()], messagesOf, failures };
}
