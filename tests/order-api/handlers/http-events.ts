import type { HttpEvent, LambdaContext } from '../../../order-api/handlers/http-event.ts';

export const CONTEXT: LambdaContext = {
  functionName: 'test',
  memoryLimitInMB: '1024',
  awsRequestId: 'request',
};

export const ORDER = { customerId: 'c-1', productId: 'p-1', quantity: 2, price: 100 };

/** An event of API Gateway as far as the handlers look at it. */
export function eventOf(body: string | undefined, orderId?: string): HttpEvent {
  return {
    version: '2.0',
    routeKey: 'test',
    rawPath: '/orders',
    rawQueryString: '',
    headers: {},
    requestContext: { requestId: 'r', timeEpoch: 0, http: { method: 'POST', path: '/orders' } },
    isBase64Encoded: false,
    ...(body !== undefined && { body }),
    ...(orderId !== undefined && { pathParameters: { orderId } }),
  };
}
