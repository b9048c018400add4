import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const HANDLED = { 'x-order-result': 'failed' };

/** Ways to answer an order, by the names that tests use. */
const ANSWERS = {
  created: (to: ServerResponse) =>
    to.writeHead(200, { 'x-order-result': 'created' }).end('"Order created successfully"'),
  duplicate: (to: ServerResponse) =>
    to.writeHead(200, { 'x-order-result': 'duplicate' }).end('"Order created successfully"'),
  badRequest: (to: ServerResponse) => to.writeHead(400, HANDLED).end('"Bad Request"'),
  conflict: (to: ServerResponse) => to.writeHead(409, HANDLED).end('"Conflict"'),
  tooMany: (to: ServerResponse) => to.writeHead(429).end('{"message":"Too Many Requests"}'),
  lambdaRejection: (to: ServerResponse) =>
    to.writeHead(500, { 'x-amzn-ErrorType': 'TooManyRequestsException' }).end('{}'),
  handlerFailure: (to: ServerResponse) => to.writeHead(500, HANDLED).end('"Internal Server Error"'),
  badGateway: (to: ServerResponse) => to.writeHead(502).end('{"message":"Bad Gateway"}'),
  wrongBody: (to: ServerResponse) => to.writeHead(200).end('<html>Log in</html>'),
  redirect: (to: ServerResponse) => to.writeHead(307, { location: '/elsewhere' }).end(),
  cutOff: (to: ServerResponse) => {
    to.writeHead(200, { 'content-length': 100 }).write('"Order', () => to.destroy());
  },
  hangUp: (to: ServerResponse) => to.destroy(),
  reset: (to: ServerResponse) => to.socket?.resetAndDestroy(),
  silence: () => undefined,
} as const;

export type AnswerName = keyof typeof ANSWERS;

export interface OrderServerPlan {
  /** Answers in this order, starting again after the last. */
  readonly answers: readonly AnswerName[];
  /** How long each answer is delayed, repeating in the same way. */
  readonly delaysMs: readonly number[];
  /** Answers due in the last part of every period wait for its end. */
  readonly freeze?: { readonly everyMs: number; readonly lastMs: number };
  /** Each connection is closed after its answer. */
  readonly closes?: boolean;
  /** How many connections may wait to be accepted; the system leaves further ones unanswered. */
  readonly backlog?: number;
  /** Orders that arrive between these times after the first one are treated differently. */
  readonly degraded?: {
    readonly fromMs: number;
    readonly toMs: number;
    readonly answer: AnswerName;
    readonly delayMs: number;
  };
}

/** One order as the server saw it. */
export interface ServedOrder {
  readonly orderId: string | null;
  readonly answer: AnswerName;
  /** Epoch ms at which the request's head had arrived. */
  readonly arrivedMs: number;
  /** From the request's head to the hand-over of the answer's last byte; null before that, or without one. */
  readonly serviceMs: number | null;
}

export interface ServerLog {
  readonly orders: readonly ServedOrder[];
  /** Every other request, as `GET /`. */
  readonly others: readonly string[];
}

const plan = JSON.parse(process.argv[2] ?? '') as OrderServerPlan;
const orders: {
  orderId: string | null;
  answer: AnswerName;
  arrivedMs: number;
  serviceMs: number | null;
}[] = [];
const others: string[] = [];
let firstOrderMs: number | null = null;

function takeOrder(request: IncomingMessage, response: ServerResponse): void {
  const arrivedMs = performance.now();
  firstOrderMs ??= arrivedMs;
  const nth = orders.length;
  const { degraded } = plan;
  const sinceFirstMs = arrivedMs - firstOrderMs;
  const isDegraded =
    degraded !== undefined && sinceFirstMs >= degraded.fromMs && sinceFirstMs < degraded.toMs;
  const answer = isDegraded ? degraded.answer : cycled(plan.answers, nth);
  const delayMs = isDegraded ? degraded.delayMs : cycled(plan.delaysMs, nth);
  const order = {
    orderId: null as string | null,
    answer,
    arrivedMs: performance.timeOrigin + arrivedMs,
    serviceMs: null as number | null,
  };
  orders.push(order);
  if (plan.closes === true) response.setHeader('connection', 'close');
  response.once('finish', () => {
    order.serviceMs = performance.now() - arrivedMs;
  });
  let body = '';
  request.setEncoding('utf8').on('data', (text: string) => {
    body += text;
  });
  request.once('end', () => {
    order.orderId = (JSON.parse(body) as { orderId: string }).orderId;
    const dueMs = thawed(arrivedMs + delayMs, firstOrderMs ?? arrivedMs);
    setTimeout(() => ANSWERS[answer](response), dueMs - performance.now());
  });
}

function thawed(dueMs: number, originMs: number): number {
  if (plan.freeze === undefined) return dueMs;
  const { everyMs, lastMs } = plan.freeze;
  const intoPeriodMs = (dueMs - originMs) % everyMs;
  return intoPeriodMs < everyMs - lastMs ? dueMs : dueMs - intoPeriodMs + everyMs;
}

function cycled<T>(values: readonly T[], nth: number): T {
  return values[nth % values.length] as T;
}

const server = createServer((request, response) => {
  if (request.method === 'POST' && request.url === '/orders') return takeOrder(request, response);
  others.push(`${request.method} ${request.url}`);
  request.resume();
  response.writeHead(404).end();
});
// An idle connection that the server closes just as k6 uses it again is an order it never sees.
server.keepAliveTimeout = 600_000;
server.listen({ port: 0, host: '127.0.0.1', backlog: plan.backlog ?? 511 }, () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
process.on('message', () => process.send?.({ orders, others } satisfies ServerLog));
process.once('disconnect', () => process.exit());
