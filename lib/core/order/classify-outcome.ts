import type { Outcome } from './outcome.ts';

/** The response to one order, as the client saw it. */
export interface Answer {
  /** HTTP status, or 0 without a complete response. */
  readonly status: number;
  /** k6's error code, 0 without an error. */
  readonly errorCode: number;
  /** k6's error text, if there was no complete response. */
  readonly error?: string;
  /** Header `x-amzn-ErrorType`, if the response had one. */
  readonly errorType: string | undefined;
  /** Header `x-order-result`, if the response had one. */
  readonly orderResult: string | undefined;
  /** The response has a header that only the handler sets: `x-order-result`, or its own `Server-Timing`. */
  readonly handlerHeadersSeen: boolean;
  /** The body is the one that the contract requires for a stored order. Only read for a success status. */
  readonly bodyOk: boolean;
  readonly successStatuses: readonly number[];
}

/** k6's error codes: https://grafana.com/docs/k6/latest/javascript-api/error-codes/ */
const REQUEST_TIMEOUT = 1050;
const FIRST_CONTENT_ERROR = 1700;

/** Go parses the target of a redirect even if it does not follow it, and reports an invalid one as an error. */
const BAD_REDIRECT = /^failed to parse Location header/;

/**
 * A gateway passes on Lambda's rejections with its own status, 429 or 500. The error type distinguishes them from
 * failures of the handler.
 *
 * Source: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors
 */
const THROTTLE_TYPE =
  /^(TooManyRequestsException|Thrott(ling|led)(Exception)?|\w*LimitExceeded(Exception)?)(:|$)/;

/** Returns the outcome of an order that got a response or failed. Redirects are never followed. */
export function classifyOutcome(answer: Answer): Outcome {
  const { status, errorCode } = answer;
  if (errorCode === REQUEST_TIMEOUT) return 'timeout';
  if (status === 0) {
    const isAnswered = errorCode >= FIRST_CONTENT_ERROR || BAD_REDIRECT.test(answer.error ?? '');
    return isAnswered ? 'unexpectedBody' : 'connection';
  }
  if (answer.successStatuses.includes(status)) {
    if (!answer.bodyOk) return 'unexpectedBody';
    return storedOutcome(answer.orderResult);
  }
  if (status === 429) return 'throttled';
  if (status < 400) return 'unexpectedBody';
  if (answer.errorType !== undefined && THROTTLE_TYPE.test(answer.errorType)) return 'throttled';
  if (status < 500) return 'rejected';
  return answer.handlerHeadersSeen ? 'serverError' : 'platformRejected';
}

/** Returns the outcome of a complete response with a success status and the right body. */
export function storedOutcome(orderResult: string | undefined): 'created' | 'duplicate' {
  return orderResult === 'duplicate' ? 'duplicate' : 'created';
}
