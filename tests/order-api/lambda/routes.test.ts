import { expect, it } from 'vitest';
import type { LocalFunction } from '../../../order-api/lambda/local-function.ts';
import { matchRoute, parseRoute } from '../../../order-api/lambda/routes.ts';

const lambda = {} as LocalFunction;
const ROUTES = [parseRoute('POST /orders', lambda), parseRoute('GET /orders/{orderId}', lambda)];

it.each([
  ['POST', '/orders', 'found', {}],
  ['GET', '/orders/a', 'found', { orderId: 'a' }],
  ['GET', '/orders/a%2Fb%20c', 'found', { orderId: 'a/b c' }],
  ['GET', '/orders', 'methodNotAllowed', undefined],
  ['DELETE', '/orders/a', 'methodNotAllowed', undefined],
  ['GET', '/orders/', 'notFound', undefined],
  ['GET', '/orders/a/b', 'notFound', undefined],
  ['GET', '/orders/%zz', 'notFound', undefined],
  ['POST', '/', 'notFound', undefined],
])('%s %s is %s', (method, path, kind, parameters) => {
  const match = matchRoute(ROUTES, method, path);
  expect(match.kind).toBe(kind);
  expect(match.kind === 'found' ? match.parameters : undefined).toEqual(parameters);
});
