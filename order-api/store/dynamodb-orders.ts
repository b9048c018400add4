import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { BatchOrderStore, StoredOrder } from './order-store.ts';

type Item = Record<string, AttributeValue>;

/** The orders table behind the DynamoDB API. Methods throw the SDK's errors. */
export function dynamoDbOrders(client: DynamoDBClient, tableName: string): BatchOrderStore {
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
        new GetItemCommand({ TableName: tableName, Key: toKey(orderId), ConsistentRead: true }),
      );
      return Item === undefined ? undefined : fromItem(Item);
    },
    async getMany(orderIds) {
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetItemCommand({
          RequestItems: { [tableName]: { Keys: orderIds.map(toKey), ConsistentRead: true } },
        }),
      );
      return {
        found: (Responses?.[tableName] ?? []).map(fromItem),
        unprocessed: (UnprocessedKeys?.[tableName]?.Keys ?? []).map(idOf),
      };
    },
    async putMany(orders) {
      const { UnprocessedItems } = await client.send(
        new BatchWriteItemCommand({
          RequestItems: {
            [tableName]: orders.map((order) => ({ PutRequest: { Item: toItem(order) } })),
          },
        }),
      );
      const unprocessed = UnprocessedItems?.[tableName] ?? [];
      return unprocessed.map(({ PutRequest }) => idOf(PutRequest?.Item ?? {}));
    },
  };
}

function toKey(orderId: string): Item {
  return { orderId: { S: orderId } };
}

function idOf(item: Item): string {
  return item['orderId']?.S ?? '';
}

function toItem(order: StoredOrder): Item {
  const item: Item = {
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

function fromItem(item: Item): StoredOrder {
  const order = {
    orderId: idOf(item),
    customerId: item['customerId']?.S ?? '',
    productId: item['productId']?.S ?? '',
    quantity: Number(item['quantity']?.N),
    price: Number(item['price']?.N),
    storedAt: Number(item['storedAt']?.N),
  };
  const expiresAt = item['expiresAt']?.N;
  return expiresAt === undefined ? order : { ...order, expiresAt: Number(expiresAt) };
}
