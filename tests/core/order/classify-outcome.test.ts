import { expect, it } from 'vitest';
import { type Answer, classifyOutcome } from '../../../lib/core/order/classify-outcome.ts';
import type { Outcome } from '../../../lib/core/order/outcome.ts';

const STORED: Answer = {
  status: 200,
  errorCode: 0,
  errorType: undefined,
  orderResult: 'created',
  handlerHeadersSeen: true,
  bodyOk: true,
  successStatuses: [200, 201],
};
const bare = { orderResult: undefined, handlerHeadersSeen: false } as const;
const failed = { ...bare, status: 0, bodyOk: false } as const;

const CASES: [string, Partial<Answer>, Outcome][] = [
  ['a new order', {}, 'created'],
  ['a new order by 201', { status: 201 }, 'created'],
  ['a new order of an API without headers of its own', bare, 'created'],
  ['a retry', { orderResult: 'duplicate' }, 'duplicate'],
  ['an unknown result header', { orderResult: 'stored' }, 'created'],
  ['success with a wrong body', { bodyOk: false }, 'unexpectedBody'],
  ['a retry with a wrong body', { orderResult: 'duplicate', bodyOk: false }, 'unexpectedBody'],
  ['another 2xx', { status: 202 }, 'unexpectedBody'],
  ['204', { ...bare, status: 204 }, 'unexpectedBody'],
  ['a redirect', { ...bare, status: 307 }, 'unexpectedBody'],
  [
    'a redirect to what is no address',
    { ...failed, errorCode: 1000, error: 'failed to parse Location header "a b": …' },
    'unexpectedBody',
  ],
  ['400', { status: 400, errorCode: 1400 }, 'rejected'],
  ['409', { status: 409, errorCode: 1409 }, 'rejected'],
  ['403 of a gateway', { ...bare, status: 403, errorCode: 1403 }, 'rejected'],
  ['429', { ...bare, status: 429, errorCode: 1429 }, 'throttled'],
  ['429 of the handler', { status: 429, errorCode: 1429 }, 'throttled'],
  ...[
    'TooManyRequestsException',
    'TooManyRequestsException:http://internal.amazon.com/coral/com.amazonaws.lambda/',
    'ConcurrentInvocationLimitExceeded',
    'ReservedFunctionConcurrentInvocationLimitExceeded',
    'FunctionInvocationRateLimitExceeded',
    'LimitExceededException',
    'ThrottlingException',
  ].map((errorType): [string, Partial<Answer>, Outcome] => [
    `500 with ${errorType}`,
    { ...bare, status: 500, errorCode: 1500, errorType },
    'throttled',
  ]),
  [
    '500 with InternalServerErrorException',
    { ...bare, status: 500, errorType: 'InternalServerErrorException' },
    'platformRejected',
  ],
  [
    '502 with EC2ThrottledException',
    { ...bare, status: 502, errorType: 'EC2ThrottledException' },
    'platformRejected',
  ],
  ['413 too large', { ...bare, status: 413, errorType: 'RequestTooLargeException' }, 'rejected'],
  ['success with a throttle type', { errorType: 'TooManyRequestsException' }, 'created'],
  ['500 of the handler', { status: 500, errorCode: 1500 }, 'serverError'],
  ['502 of a gateway', { ...bare, status: 502, errorCode: 1502 }, 'platformRejected'],
  ['503 of a gateway', { ...bare, status: 503, errorCode: 1503 }, 'platformRejected'],
  ['504 of a gateway', { ...bare, status: 504, errorCode: 1504 }, 'platformRejected'],
  ['request timeout', { ...failed, errorCode: 1050 }, 'timeout'],
  ['timeout in the middle of the body', { errorCode: 1050 }, 'timeout'],
  ['unknown host', { ...failed, errorCode: 1101 }, 'connection'],
  ['dial timeout', { ...failed, errorCode: 1211 }, 'connection'],
  ['refused', { ...failed, errorCode: 1212 }, 'connection'],
  ['reset', { ...failed, errorCode: 1220 }, 'connection'],
  ['truncated body', { ...failed, errorCode: 1000 }, 'connection'],
  ['untrusted certificate', { ...failed, errorCode: 1310 }, 'connection'],
  ['HTTP/2 GOAWAY', { ...failed, errorCode: 1610 }, 'connection'],
  ['failure without a code', failed, 'connection'],
  ['broken compression', { ...failed, errorCode: 1701 }, 'unexpectedBody'],
];

it.each(CASES)('%s', (_, answer, outcome) => {
  expect(classifyOutcome({ ...STORED, ...answer })).toBe(outcome);
});
