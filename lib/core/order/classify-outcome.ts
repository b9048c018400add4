import type { Outcome } from './outcome.ts';

/** What the client saw of one order's answer. */
export interface Answer {
  /** HTTP status, or 0 when no whole answer came. */
  readonly status: number;
  /** k6's error code, 0 without an error. */
  readonly errorCode: number;
  /** k6's words, where no whole answer came. */
  readonly error?: string;
  /** Header `x-amzn-ErrorType`, where the answer had one. */
  readonly errorType: string | undefined;
  /** Header `x-order-result`, where the answer had one. */
  readonly orderResult: string | undefined;
  /** The answer carried a header that only the handler sets: `x-order-result`, or a `Server-Timing` of its own. */
  readonly handlerHeadersSeen: boolean;
  /** The body is what the contract says for a stored order; only asked of a success status. */
  readonly bodyOk: boolean;
  readonly successStatuses: readonly number[];
}

/** k6's error codes: https://grafana.com/docs/k6/latest/javascript-api/error-codes/ */
const REQUEST_TIMEOUT = 1050;
const FIRST_CONTENT_ERROR = 1700;

/** Go reads where a redirect points to though it is not followed, and takes one that points nowhere for an error. */
const BAD_REDIRECT = /^failed to parse Location header/;

/**
 * Lambda's rejections reach a client through a gateway with the gateway's own status, 429 or 500;
 * the error type tells them from the handler's failures.
 *
 * Source: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors
 */
const THROTTLE_TYPE =
  /^(TooManyRequestsException|Thrott(ling|led)(Exception)?|\w*LimitExceeded(Exception)?)(:|$)/;

/** The one outcome of an order that was answered or failed. Redirects are never followed. */
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

/** The outcome of an answer with a success status and the whole body that goes with it. */
export function storedOutcome(orderResult: string | undefined): 'created' | 'duplicate' {
  return orderResult === 'duplicate' ? 'duplicate' : 'created';
}
