import type { ReceivedMessage } from '../queue/received-message.ts';
import type { SqsQueue } from '../queue/sqs-queue.ts';
import type { FaultModel } from './fault-model.ts';

export type QueueFaults = Pick<
  FaultModel,
  'deliversAgain' | 'deliveredAgain' | 'addsPoison' | 'poisoned'
>;

/** Not JSON, which is the first thing that makes a batch writer fail. */
export const POISON_BODY = 'poison, added by --poison-ratio';

/**
 * Wraps a queue so that it delivers some processed messages a second time, as a standard SQS queue may, and contains
 * messages without an order. A message to be repeated is made visible instead of deleted, so its second delivery is the
 * queue's own in every respect: its id, its receive count, its redrive.
 */
export function withQueueFaults(
  queue: SqsQueue,
  faults: QueueFaults,
  maxReceiveCount: number,
): SqsQueue {
  const comeAgain = new Set<string>();

  /** Repeats each message at most once, and none that the redrive would then treat as never processed. */
  function deliversAgain({ messageId, receiveCount }: ReceivedMessage): boolean {
    if (comeAgain.delete(messageId)) return false;
    return faults.deliversAgain() && receiveCount < maxReceiveCount;
  }

  async function addPoison(): Promise<void> {
    if (!faults.addsPoison()) return;
    try {
      await queue.send(POISON_BODY);
      faults.poisoned();
    } catch {
      // Then there is no poison message. The order itself is sent separately.
    }
  }

  return {
    ...queue,
    async send(body) {
      const [messageId] = await Promise.all([queue.send(body), addPoison()]);
      return messageId;
    },
    async delete(messages) {
      const again = messages.filter(deliversAgain);
      const others = messages.filter((message) => !again.includes(message));
      for (const { messageId } of again) comeAgain.add(messageId);
      const hidden = await queue.showAgain(again);
      for (const { messageId } of hidden) comeAgain.delete(messageId);
      for (let count = again.length - hidden.length; count > 0; count -= 1) {
        faults.deliveredAgain();
      }
      return [...hidden, ...(await queue.delete(others))];
    },
  };
}
