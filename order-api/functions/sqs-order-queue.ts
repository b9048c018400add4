import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { type OrderQueue, renderOrderMessage } from '../handlers/order-queue.ts';

/** A queue in SQS. Throws the SDK's errors. */
export function sqsOrderQueue(client: SQSClient, queueUrl: string): OrderQueue {
  return {
    async send(order) {
      const MessageBody = renderOrderMessage(order);
      await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody }));
    },
  };
}
