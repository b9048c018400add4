export interface OrderEventInput {
  readonly method: string;
  readonly path: string;
  /** The order as JSON. */
  readonly body: string;
  readonly requestId: string;
  /** Epoch ms. */
  readonly nowMs: number;
}

/**
 * The event with which API Gateway's HTTP API passes a new order to its function: payload format 2.0, as JSON.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html.
 */
export function orderEvent({ method, path, body, requestId, nowMs }: OrderEventInput): string {
  const routeKey = `${method} ${path}`;
  return JSON.stringify({
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: '',
    headers: { 'content-type': 'application/json' },
    requestContext: {
      accountId: 'anonymous',
      apiId: 'tune',
      domainName: 'tune.invalid',
      domainPrefix: 'tune',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'tune' },
      requestId,
      routeKey,
      stage: '$default',
      time: new Date(nowMs).toISOString(),
      timeEpoch: nowMs,
    },
    body,
    isBase64Encoded: false,
  });
}
