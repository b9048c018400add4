import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import {
  CreateTableCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  ResourceInUseException,
  ScanCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { dynamoDbOrders } from './dynamodb-orders.ts';
import type { OpenStore } from './order-store.ts';

export interface DynamoDbStoreOptions {
  readonly tableName: string;
  readonly client: DynamoDBClientConfig;
}

/**
 * Opens the orders table behind the DynamoDB API. Creates the table if it is missing, and waits until it is ACTIVE.
 * Throws the SDK's error if that fails.
 */
export async function openDynamoDbStore(options: DynamoDbStoreOptions): Promise<OpenStore> {
  const { tableName } = options;
  const client = new DynamoDBClient(options.client);
  await ensureTable(client, tableName);
  return {
    ...dynamoDbOrders(client, tableName),
    count: () => countItems(client, tableName).catch(() => null),
    close() {
      client.destroy();
      return Promise.resolve();
    },
  };
}

async function ensureTable(client: DynamoDBClient, tableName: string): Promise<void> {
  try {
    const { TableDescription } = await client.send(
      new CreateTableCommand({
        TableName: tableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'orderId', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'orderId', KeyType: 'HASH' }],
      }),
    );
    if (TableDescription?.TableStatus === 'ACTIVE') return;
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  await waitUntilTableExists(
    { client, minDelay: 0.02, maxDelay: 2, maxWaitTime: 60 },
    { TableName: tableName },
  );
}

async function countItems(client: DynamoDBClient, tableName: string): Promise<number> {
  let items = 0;
  let startKey: Record<string, AttributeValue> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({
        TableName: tableName,
        Select: 'COUNT',
        ConsistentRead: true,
        ...(startKey && { ExclusiveStartKey: startKey }),
      }),
    );
    items += page.Count ?? 0;
    startKey = page.LastEvaluatedKey;
  } while (startKey !== undefined);
  return items;
}
