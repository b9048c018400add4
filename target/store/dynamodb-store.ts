import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import {
  ConditionalCheckFailedException,
  CreateTableCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  GetItemCommand,
  PutItemCommand,
  ResourceInUseException,
  ScanCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import type { OpenStore, StoredOrder } from './order-store.ts';

export interface DynamoDbStoreOptions {
  readonly tableName: string;
  readonly client: DynamoDBClientConfig;
}

/**
 * The orders table behind the DynamoDB API. Creates the table where it is missing and waits until it
 * is ACTIVE; throws the SDK's error where that fails.
 */
export async function openDynamoDbStore(options: DynamoDbStoreOptions): Promise<OpenStore> {
  const { tableName } = options;
  const client = new DynamoDBClient(options.client);
  await ensureTable(client, tableName);
  return {
    async putIfAbsent(order) {
      try {
        await client.send(
          new PutItemCommand({
            TableName: tableName,
            Item: toItem(order),
            ConditionExpression: 'attribute_not_exists(orderId)',
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
    async get(orderId) {
      const { Item } = await client.send(
        new GetItemCommand({
          TableName: tableName,
          Key: { orderId: { S: orderId } },
          ConsistentRead: true,
        }),
      );
      return Item === undefined ? undefined : fromItem(Item);
    },
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

function toItem(order: StoredOrder): Record<string, AttributeValue> {
  const item: Record<string, AttributeValue> = {
    orderId: { S: order.orderId },
    customerId: { S: order.customerId },
    productId: { S: order.productId },
    quantity: { N: String(order.quantity) },
    price: { N: String(order.price) },
    storedAt: { N: String(order.storedAt) },
  };
  if (order.expiresAt !== undefined) item['expiresAt'] = { N: String(order.expiresAt) };
  return item;
}

function fromItem(item: Record<string, AttributeValue>): StoredOrder {
  const order = {
    orderId: item['orderId']?.S ?? '',
    customerId: item['customerId']?.S ?? '',
    productId: item['productId']?.S ?? '',
    quantity: Number(item['quantity']?.N),
    price: Number(item['price']?.N),
    storedAt: Number(item['storedAt']?.N),
  };
  const expiresAt = item['expiresAt']?.N;
  return expiresAt === undefined ? order : { ...order, expiresAt: Number(expiresAt) };
}
