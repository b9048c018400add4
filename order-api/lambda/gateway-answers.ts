import type { GatewayKind } from '../config/options/gateway-options.ts';
import type { HttpResult } from '../handlers/http-event.ts';
import type { Throttled } from './platform-model.ts';

export const JSON_HEADERS = { 'content-type': 'application/json' };

export function gatewayAnswer(
  statusCode: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): HttpResult {
  return {
    statusCode,
    headers: { ...JSON_HEADERS, ...headers },
    body: JSON.stringify({ message }),
  };
}

/**
 * The response to a client if Lambda refused the call. With 429 it is Lambda's own response (as from a function URL).
 * With any other status, API Gateway reports an internal error. A REST API has a general error type
 * (https://repost.aws/questions/QUL-z6rJbmR4meafB7MzYXxw), so the client cannot distinguish it from other errors; an
 * HTTP API here names Lambda's error.
 */
export function throttleAnswer(
  gateway: GatewayKind,
  statusCode: number,
  { reason, retryAfterSeconds }: Throttled,
): HttpResult {
  if (statusCode === 429) {
    const headers: Record<string, string> = { ...JSON_HEADERS, ...TOO_MANY_REQUESTS };
    if (retryAfterSeconds !== undefined) headers['retry-after'] = String(retryAfterSeconds);
    const body = { Reason: reason, Type: 'User', message: 'Rate Exceeded.' };
    return { statusCode, headers, body: JSON.stringify(body) };
  }
  return gateway === 'rest'
    ? gatewayAnswer(statusCode, 'Internal server error', {
        'x-amzn-errortype': 'InternalServerErrorException',
      })
    : gatewayAnswer(statusCode, 'Internal Server Error', TOO_MANY_REQUESTS);
}

const TOO_MANY_REQUESTS = { 'x-amzn-errortype': 'TooManyRequestsException' };

/** The response to a request above the gateway's own limit, before any function is called. */
export function gatewayThrottleAnswer(gateway: GatewayKind): HttpResult {
  return gatewayAnswer(429, 'Too Many Requests', gateway === 'rest' ? TOO_MANY_REQUESTS : {});
}

/** The response if the function took longer than the gateway waits for it; the function goes on running. */
export function gatewayTimeoutAnswer(gateway: GatewayKind, statusCode: number): HttpResult {
  if (gateway === 'rest') return gatewayAnswer(statusCode, 'Endpoint request timed out');
  return gatewayAnswer(statusCode, statusCode === 503 ? 'Service Unavailable' : 'Gateway Timeout');
}

/** Headers with the request's id, which API Gateway adds to every response. */
export function requestIdHeaders(gateway: GatewayKind, requestId: string): Record<string, string> {
  return gateway === 'rest' ? { 'x-amzn-requestid': requestId } : { 'apigw-requestid': requestId };
}
