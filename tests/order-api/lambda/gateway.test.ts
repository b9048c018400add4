import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import {
  DEFAULT_ORDER_API_CONFIG,
  type OrderApiConfig,
} from '../../../order-api/config/order-api-config.ts';
import { createGateway } from '../../../order-api/lambda/gateway.ts';
import { createRequestLog, type GroundTruth } from '../../../order-api/lambda/ground-truth.ts';
import type { LocalFunction } from '../../../order-api/lambda/local-function.ts';
import { parseRoute } from '../../../order-api/lambda/routes.ts';
import { type RunningOrderApi, startOrderApi } from '../../../order-api/start-order-api.ts';

const ORDER = { customerId: 'c-1', productId: 'p-1', quantity: 2, price: 100 };
const FAST: Partial<OrderApiConfig> = { store: { kind: 'memory' }, initMs: 0, workMs: 0, ioMs: 0 };

const running: RunningOrderApi[] = [];
afterEach(async () => {
  for (const api of running.splice(0)) await api.stop();
});

async function start(overrides: Partial<OrderApiConfig>) {
  const warnings: string[] = [];
  const api = await startOrderApi({ ...DEFAULT_ORDER_API_CONFIG, ...FAST, ...overrides }, (line) =>
    warnings.push(line),
  );
  running.push(api);
  return {
    warnings,
    url: api.url,
    post: (orderId: string) =>
      fetch(`${api.url}/orders`, {
        method: 'POST',
        body: JSON.stringify({ orderId, ...ORDER }),
      }),
    truth: async () => (await fetch(`${api.url}/__truth`)).json() as Promise<GroundTruth>,
  };
}

async function answerOf(response: Response) {
  return {
    status: response.status,
    errorType: response.headers.get('x-amzn-errortype'),
    body: await response.json(),
  };
}

it('turns an answer of more than 6 MB into 502', async () => {
  const body = 'x'.repeat(6 * 1024 * 1024 + 1);
  const lambda = {
    invoke: async () => ({ kind: 'answered', result: { statusCode: 200, headers: {}, body } }),
  } as unknown as LocalFunction;
  const log = createRequestLog(new Date(0));
  const server = createGateway({
    kind: 'http',
    routes: [parseRoute('GET /big', lambda)],
    log,
    truth: () => Promise.reject(new Error('not asked')),
    control: null,
    throttleStatus: 500,
    requests: { tryTake: () => true, waitMs: () => 0 },
    timeout: { ms: 1_000, status: 504, startTimer: () => () => {} },
    onError: () => {},
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    expect((await fetch(`http://127.0.0.1:${port}/big`)).status).toBe(502);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

describe('gateway', () => {
  it.each([
    ['http', 'TooManyRequestsException', 'Internal Server Error'],
    ['rest', 'InternalServerErrorException', 'Internal server error'],
  ] as const)('reports a refusal of Lambda as 500 (%s)', async (gateway, errorType, message) => {
    const api = await start({ gateway, reservedConcurrency: 0 });
    expect(await answerOf(await api.post('a'))).toEqual({
      status: 500,
      errorType,
      body: { message },
    });
    expect(await api.truth()).toMatchObject({
      throttles: 1,
      throttlesByReason: { ReservedFunctionConcurrentInvocationLimitExceeded: 1 },
      throttlesByCause: { reservedConcurrency: 1 },
      invocations: 0,
    });
  });

  it.each(['http', 'rest'] as const)(
    "passes Lambda's own answer on with 429 (%s)",
    async (gateway) => {
      const api = await start({ gateway, throttleStatus: 429, accountConcurrency: 1 });
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, order) => api.post(String(order))),
      );
      const refused = answers.filter(({ status }) => status === 429);
      const limited = refused.filter((answer) => answer.headers.get('retry-after') === '1');
      expect(refused.length).toBeGreaterThan(0);
      expect(limited.length).toBeGreaterThan(0);
      expect(await limited[0]?.json()).toEqual({
        Reason: 'FunctionInvocationRateLimitExceeded',
        Type: 'User',
        message: 'Rate Exceeded.',
      });
      const truth = await api.truth();
      expect(truth.throttlesByCause.requestRate).toBe(limited.length);
      expect(truth.throttles).toBe(refused.length);
    },
  );

  it('lets the functions of the account share its concurrency', async () => {
    const api = await start({ accountConcurrency: 2, ioMs: 1_000 });
    const answers = await Promise.all([
      api.post('a'),
      api.post('b'),
      fetch(`${api.url}/orders/a`),
      fetch(`${api.url}/orders/b`),
    ]);
    expect(answers.map(({ status }) => status).filter((status) => status === 500)).toHaveLength(2);
  });

  it.each([
    ['http', null],
    ['rest', 'TooManyRequestsException'],
  ] as const)(
    'refuses more requests than its own limit with 429 (%s)',
    async (gateway, errorType) => {
      const api = await start({ gateway, gatewayBurst: 3, gatewayRatePerSecond: 0.01 });
      const answers = [];
      for (const order of ['a', 'b', 'c', 'd', 'e']) answers.push(await api.post(order));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429]);
      const [, , , refused] = answers;
      expect(refused && (await answerOf(refused))).toEqual({
        status: 429,
        errorType,
        body: { message: 'Too Many Requests' },
      });
      expect(await api.truth()).toMatchObject({
        gatewayThrottles: 2,
        invocations: 3,
        throttles: 0,
      });
    },
  );

  it.each([
    ['http', 504, 'Gateway Timeout'],
    ['http', 503, 'Service Unavailable'],
    ['rest', 504, 'Endpoint request timed out'],
  ] as const)(
    'gives up on a slow function, which runs on (%s, %i)',
    async (gateway, status, message) => {
      const api = await start({
        gateway,
        ioMs: 300,
        gatewayTimeoutMs: 50,
        gatewayTimeoutStatus: status,
      });
      const response = await api.post('a');
      expect(response.headers.get('server-timing')).toBeNull();
      expect(await answerOf(response)).toEqual({ status, errorType: null, body: { message } });
      await expect
        .poll(async () => (await api.truth()).functions['create-order'])
        .toMatchObject({
          busyEnvironments: 0,
          idleEnvironments: 1,
          bill: { billedMs: expect.toSatisfy((ms) => ms >= 299) },
        });
      expect(await api.truth()).toMatchObject({
        gatewayTimeouts: 1,
        byStatus: { [status]: 1 },
        inFlight: 0,
        storedOrders: 1,
      });
    },
  );

  it('answers 502 when the function runs into its timeout, and starts the next call cold', async () => {
    const api = await start({ ioMs: 5_000, timeoutMs: 30 });
    for (const order of ['a', 'b']) {
      expect(await answerOf(await api.post(order))).toEqual({
        status: 502,
        errorType: null,
        body: { message: 'Internal server error' },
      });
    }
    expect(await api.truth()).toMatchObject({ coldStarts: 2, invocations: 2 });
  });

  it('keeps provisioned environments warm from the first order on', async () => {
    const api = await start({ provisionedConcurrency: 2, initMs: 50, ioMs: 200 });
    const answers = await Promise.all(['a', 'b', 'c'].map(api.post));
    const cold = answers.filter((one) => one.headers.get('server-timing')?.startsWith('cold'));
    expect(cold).toHaveLength(1);
    const truth = await api.truth();
    expect(truth).toMatchObject({
      coldStarts: 1,
      provisionedInvocations: 2,
      provisionedSpillovers: 1,
      peakConcurrency: 3,
    });
    expect(Math.max(...truth.concurrency.peaks)).toBe(3);
    expect(truth.lambdaUsd).toBeGreaterThan(0);
  });

  it.each([
    ['http', 'apigw-requestid'],
    ['rest', 'x-amzn-requestid'],
  ] as const)('names every request (%s)', async (gateway, header) => {
    const api = await start({ gateway });
    const ids = [await api.post('a'), await fetch(`${api.url}/nothing`)].map((response) =>
      response.headers.get(header),
    );
    expect(ids).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), expect.any(String)]);
    expect(new Set(ids).size).toBe(2);
  });

  it('warns where AWS would refuse the reservation', async () => {
    expect((await start({ reservedConcurrency: 900 })).warnings).toEqual([]);
    expect((await start({ reservedConcurrency: 901 })).warnings).toEqual([
      'only 99 of 1000 environments are left unreserved: AWS refuses to leave fewer than 100',
    ]);
  });
});
