import type { ServerResponse } from 'node:http';
import type { Order } from '../../../lib/core/order/order.ts';
import { orderFault } from '../../core/order/validate-order.ts';
import {
  type RecordingServer,
  type SeenRequest,
  startRecordingServer,
} from './recording-server.ts';

/** What a server does wrong; each but the first and the last three breaks one promise of the contract. */
export type ContractFault =
  | 'none'
  | 'wrongBody'
  | 'wrongType'
  | 'retryFails'
  | 'noConflict'
  | 'takesFractions'
  | 'forgetsPrice'
  | 'unknownIs200'
  | 'queueIs500'
  | 'hostile'
  | 'echoesKey'
  | 'silentChecks';

/** An order API of a few lines that keeps the contract but for one fault. It has no queue. */
export async function startContractServer(fault: ContractFault): Promise<RecordingServer> {
  const orders = new Map<string, Order>();
  return startRecordingServer((request, response) => {
    const isCheck = request.body.includes('-contract-') || request.url.includes('-contract-');
    if (fault === 'silentChecks' && isCheck) return;
    if (fault === 'hostile' && isCheck) {
      response.writeHead(200, { 'content-type': `x/${'y'.repeat(5000)}` });
      response.end(`\u001b[2J\u001b]0;title\u0007\r\nPASS${'x'.repeat(500_000)}`);
      return;
    }
    if (fault === 'echoesKey' && isCheck) {
      send(response, 418, request.headers['x-api-key']);
      return;
    }
    const type = fault === 'wrongType' && isCheck ? 'text/plain' : 'application/json';
    response.setHeader('content-type', type);
    const [status, body] = answerOf(request, orders, fault, isCheck);
    send(response, status, body);
  });
}

function answerOf(
  { method, url, body }: SeenRequest,
  orders: Map<string, Order>,
  fault: ContractFault,
  isCheck: boolean,
): readonly [number, unknown] {
  if (url === '/orders/async') return fault === 'queueIs500' ? [500, 'Oops'] : [404, 'Not Found'];
  if (method === 'GET')
    return readOf(decodeURIComponent(url.slice('/orders/'.length)), orders, fault);
  const order = parse(body);
  const given = fault === 'takesFractions' ? rounded(order) : order;
  if (orderFault(given) !== null) return [400, 'Bad Request'];
  const { orderId } = given as Order;
  const before = orders.get(orderId);
  const isSame = JSON.stringify(before) === JSON.stringify(given);
  if (before !== undefined && !isSame && fault !== 'noConflict') return [409, 'Conflict'];
  if (before !== undefined && isSame && fault === 'retryFails') return [500, 'Oops'];
  orders.set(orderId, before ?? (given as Order));
  return [200, fault === 'wrongBody' && isCheck ? 'Thanks' : 'Order created successfully'];
}

function readOf(
  id: string,
  orders: Map<string, Order>,
  fault: ContractFault,
): readonly [number, unknown] {
  const order = orders.get(id);
  if (order === undefined) return fault === 'unknownIs200' ? [200, null] : [404, 'Not Found'];
  const { price, ...rest } = order;
  return [200, { ...rest, ...(fault === 'forgetsPrice' ? {} : { price }), storedAt: 1 }];
}

function rounded(value: unknown): unknown {
  const order = value as Order | null;
  if (typeof order?.quantity !== 'number') return value;
  return { ...order, quantity: Math.round(order.quantity) };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.statusCode = status;
  response.end(JSON.stringify(body));
}
