import type { HttpResult } from '../handlers/http-event.ts';
import type { ThrottleReason } from './platform-model.ts';

/**
 * What a client gets when Lambda refused the call. With 429 it is Lambda's own answer (as by a
 * function URL); any other status is how API Gateway reports it: an internal error. Either way
 * `x-amzn-ErrorType` tells it from an error of the function.
 */
export function throttleResult(statusCode: number, reason: ThrottleReason): HttpResult {
  const body =
    statusCode === 429
      ? { Reason: reason, Type: 'User', message: 'Rate Exceeded.' }
      : { message: 'Internal Server Error' };
  return {
    statusCode,
    headers: {
      'content-type': 'application/json',
      'x-amzn-errortype': 'TooManyRequestsException',
    },
    body: JSON.stringify(body),
  };
}
