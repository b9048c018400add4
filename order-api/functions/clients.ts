import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { OrderQueue } from '../handlers/order-queue.ts';
import { dynamoDbOrders } from '../store/dynamodb-orders.ts';
import type { BatchOrderStore } from '../store/order-store.ts';
import { requiredVariable } from './environment.ts';
import { sqsOrderQueue } from './sqs-order-queue.ts';

/** Three attempts of two seconds leave a function with a timeout of ten seconds time to respond. */
const LIMITS = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000 },
};

/** The table named TABLE_NAME. Region, credentials and endpoint are the SDK's own defaults. */
export function openOrders(): BatchOrderStore {
  return dynamoDbOrders(new DynamoDBClient(LIMITS), requiredVariable('TABLE_NAME'));
}

/** The queue at QUEUE_URL, in the function's own region. AWS_ENDPOINT_URL_SQS is respected. */
export function openQueue(): OrderQueue {
  const client = new SQSClient({ ...LIMITS, useQueueUrlAsEndpoint: false });
  return sqsOrderQueue(client, requiredVariable('QUEUE_URL'));
}
