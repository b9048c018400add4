import type { ApiAnswer, OrderApi } from './check-contract.ts';
import { isOrder } from './validate-order.ts';

type Fields = Readonly<Record<string, unknown>>;

const json = (status: number, value: unknown, more: Partial<ApiAnswer> = {}): ApiAnswer => ({
  ...{ status, body: JSON.stringify(value) },
  ...more,
});
const NOT_FOUND = json(404, { message: 'Not Found' });

function parse(body: string | null): unknown {
  try {
    return JSON.parse(body ?? '');
  } catch {
    return null;
  }
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

interface Shape {
  readonly createPath: string;
  readonly createMethod?: string;
  /** Whether a body is an order. */
  readonly isValid: (order: unknown) => order is Fields;
  /** What ids begin with that the API makes. */
  readonly madePrefix?: string;
  /** Id of an order; the API makes one where this is left out. */
  readonly idOf?: (order: Fields) => unknown;
  readonly created: (id: string, order: Fields) => ApiAnswer;
  readonly again?: ApiAnswer;
  readonly invalid?: ApiAnswer;
  readonly readPath?: string;
  readonly read?: (id: string, order: Fields) => ApiAnswer;
}

function apiOf(shape: Shape): OrderApi {
  const orders = new Map<string, Fields>();
  let made = 40;
  const nextId = (): string => {
    made += 1;
    return `${shape.madePrefix ?? ''}${made}`;
  };
  const create = (body: string | null): ApiAnswer => {
    const order = parse(body);
    if (!shape.isValid(order)) return shape.invalid ?? json(400, { message: 'Invalid' });
    const id = shape.idOf === undefined ? nextId() : String(shape.idOf(order));
    const before = orders.get(id);
    if (before !== undefined) {
      const isSame = JSON.stringify(before) === JSON.stringify(order);
      if (isSame && shape.again === undefined) return shape.created(id, order);
      return isSame && shape.again ? shape.again : json(409, { message: 'Conflict' });
    }
    orders.set(id, order);
    return shape.created(id, order);
  };
  return (method, path, body) => {
    if (method === (shape.createMethod ?? 'POST') && path === shape.createPath) return create(body);
    if (method !== 'GET' || shape.readPath === undefined) return NOT_FOUND;
    if (!path.startsWith(shape.readPath)) return NOT_FOUND;
    const id = decodeURIComponent(path.slice(shape.readPath.length));
    const order = orders.get(id);
    return order === undefined ? NOT_FOUND : (shape.read?.(id, order) ?? json(200, order));
  };
}

const isBuiltIn = (order: unknown): order is Fields => isOrder(order);

/** The shapes of docs/your-own-api.md, by their headings there. */
export const OWN_APIS: Readonly<Record<string, () => OrderApi>> = {
  'API Gateway with an API key': () =>
    apiOf({
      ...{ createPath: '/orders', readPath: '/orders/', isValid: isBuiltIn },
      idOf: (order) => order['orderId'],
      created: (id) => json(201, { orderId: id }),
      read: (_, order) => json(200, { ...order, storedAt: 1 }),
    }),
  'API Gateway with Cognito': () =>
    apiOf({
      ...{ createPath: '/v1/orders', readPath: '/v1/orders/' },
      isValid: (order): order is Fields =>
        isFields(order) &&
        isFields(order['customer']) &&
        isText(order['customer']['id']) &&
        Array.isArray(order['items']),
      idOf: (order) => order['reference'],
      created: (id) => json(201, { reference: id, state: 'NEW' }),
      invalid: json(422, { detail: 'no order' }),
      read: (id, { items }) => json(200, { order: { ref: id, items } }),
    }),
  'API Gateway with IAM': () =>
    apiOf({
      ...{ createPath: '/checkout', createMethod: 'PUT' },
      isValid: (order): order is Fields =>
        isFields(order) &&
        [order['id'], order['customer'], order['sku']].every(isText) &&
        [order['qty'], order['cents']].every(Number.isSafeInteger) &&
        Number.isSafeInteger(order['expiresAt']),
      idOf: (order) => order['id'],
      created: () => ({ status: 200, body: '{ "status": "ok" }\n' }),
      again: json(409, { message: 'exists' }),
    }),
  'Express, and the API makes the ids': () =>
    apiOf({
      ...{ createPath: '/api/orders', readPath: '/api/orders/' },
      isValid: (order): order is Fields => isFields(order) && Array.isArray(order['items']),
      created: (id, order) =>
        json(201, { order: { id: Number(id), ...order } }, { location: `/api/orders/${id}` }),
      read: (id, order) => json(200, { order: { id: Number(id), ...order } }),
    }),
  'A queue front': () =>
    apiOf({
      createPath: '/orders',
      isValid: (order): order is Fields =>
        isFields(order) &&
        [order['orderId'], order['customerId'], order['productId']].every(isText) &&
        [order['quantity'], order['price']].every((value) => typeof value === 'number'),
      created: (id) => json(202, { messageId: id }),
    }),
};

/** Takes `{customerId, quantity, …}`, ignores any id and makes its own. */
export const serverIds = (): OrderApi =>
  apiOf({
    madePrefix: 'o-',
    ...{ createPath: '/orders', readPath: '/orders/' },
    isValid: (order): order is Fields =>
      isFields(order) && Boolean(order['customerId']) && Number.isInteger(order['quantity']),
    created: (id, order) => json(201, { ...order, orderId: id, status: 'NEW' }),
    read: (id, order) => json(200, { ...order, orderId: id }),
  });

/** Keeps the suite's contract, but that a price may have decimals. */
export const decimalPrices = (): OrderApi =>
  apiOf({
    ...{ createPath: '/orders', readPath: '/orders/' },
    isValid: (order): order is Fields =>
      isFields(order) &&
      typeof order['price'] === 'number' &&
      isOrder({ ...order, price: Math.round(order['price']) }),
    idOf: (order) => order['orderId'],
    created: () => json(200, 'Order created successfully'),
    invalid: json(400, 'Bad Request'),
    read: (_, order) => json(200, { ...order, storedAt: 1 }),
  });
