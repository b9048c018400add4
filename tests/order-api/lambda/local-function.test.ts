import { describe, expect, it } from 'vitest';
import { type HttpEvent, jsonResult } from '../../../order-api/handlers/http-event.ts';
import { createLocalFunction } from '../../../order-api/lambda/local-function.ts';
import { createPlatformModel } from '../../../order-api/lambda/platform-model.ts';
import { seededRandom } from '../../../order-api/lambda/random.ts';
import { createFakeClock } from './fake-clock.ts';

const EVENT: HttpEvent = {
  version: '2.0',
  routeKey: 'POST /orders',
  rawPath: '/orders',
  rawQueryString: '',
  headers: {},
  requestContext: { requestId: 'r', timeEpoch: 0, http: { method: 'POST', path: '/orders' } },
  body: '{}',
  isBase64Encoded: false,
};

function createFunction(handle = () => jsonResult(200, 'ok'), reservedConcurrency = 10) {
  const clock = createFakeClock();
  let inits = 0;
  const lambda = createLocalFunction({
    name: 'create-order',
    model: createPlatformModel(
      {
        accountConcurrency: 1000,
        reservedConcurrency,
        idleReclaimMs: 1_000,
        initMedianMs: 142,
        initSigma: 0,
      },
      { nowMs: clock.nowMs, random: seededRandom(1) },
    ),
    settings: { duration: { workMs: 10, ioMs: 5, memoryMb: 1769 } },
    machine: clock.machine,
    init: () => {
      inits += 1;
      return async () => handle();
    },
  });
  return { clock, lambda, inits: () => inits };
}

async function headersOf(lambda: ReturnType<typeof createFunction>['lambda']) {
  const invocation = await lambda.invoke(EVENT);
  if (invocation.kind !== 'answered') throw new Error(invocation.kind);
  return invocation.result.headers;
}

describe('createLocalFunction', () => {
  it('marks the first answer of an environment as cold, and no later one', async () => {
    const { clock, lambda, inits } = createFunction();
    const cold = await headersOf(lambda);
    expect(cold['server-timing']).toBe('cold;desc=1, init;dur=142.00, handler;dur=15.00');
    expect(clock.nowMs()).toBeCloseTo(157);
    const warm = await headersOf(lambda);
    expect(warm['server-timing']).toBe('handler;dur=15.00');
    expect(warm['x-environment-id']).toBe(cold['x-environment-id']);
    clock.advance(1_000);
    const coldAgain = await headersOf(lambda);
    expect(coldAgain['server-timing']).toContain('cold;desc=1');
    expect(coldAgain['x-environment-id']).not.toBe(cold['x-environment-id']);
    expect(inits()).toBe(2);
  });

  it('frees the environment of a handler that throws', async () => {
    const { lambda } = createFunction(() => {
      throw new Error('broken');
    }, 1);
    expect(await lambda.invoke(EVENT)).toMatchObject({ kind: 'failed' });
    expect(await lambda.invoke(EVENT)).toMatchObject({ kind: 'failed' });
    expect(lambda.model.counts()).toMatchObject({ busyEnvironments: 0, coldStarts: 1 });
  });

  it('does not run the handler of a throttled request', async () => {
    const { lambda, inits } = createFunction(undefined, 0);
    expect(await lambda.invoke(EVENT)).toMatchObject({ kind: 'throttled' });
    expect(inits()).toBe(0);
  });
});
