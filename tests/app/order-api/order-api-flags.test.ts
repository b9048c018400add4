import { expect, it } from 'vitest';
import { parseOrderApiFlags } from '../../../lib/app/order-api/order-api-flags.ts';
import { DEFAULT_ORDER_API_CONFIG } from '../../../order-api/config/order-api-config.ts';

const parse = (flags: string) => parseOrderApiFlags(flags === '' ? [] : flags.split(' '));

it('starts the default deployment without flags', () => {
  expect(parse('')).toEqual({
    deployment: null,
    config: DEFAULT_ORDER_API_CONFIG,
    dieWithParent: false,
    control: false,
  });
});

it('puts every flag into the configuration', () => {
  const flags =
    '--port 8080 --store memory --memory 512 --reserved-concurrency 0 --work-ms 1.5 --io-ms 2 ' +
    '--init-ms 300 --idle-seconds 60 --seed 7 --throttle-status 429 --die-with-parent --control';
  expect(parse(flags)).toEqual({
    deployment: null,
    config: {
      ...DEFAULT_ORDER_API_CONFIG,
      port: 8080,
      store: { kind: 'memory' },
      memoryMb: 512,
      reservedConcurrency: 0,
      workMs: 1.5,
      ioMs: 2,
      initMs: 300,
      idleSeconds: 60,
      seed: 7,
      throttleStatus: 429,
    },
    dieWithParent: true,
    control: true,
  });
});

it('puts the flags of the platform into the configuration', () => {
  const flags =
    '--provisioned 5 --account-concurrency 50 --first-work-ms 66 --first-io-ms 38 ' +
    '--runtime python3.12 --arch arm --bundle sdk --init-sigma 0.2 --timeout-ms 3000 --gateway rest ' +
    '--gateway-rate 0.5 --gateway-burst 7 --gateway-timeout-ms 1000 --gateway-timeout-status 503';
  expect(parse(flags)?.config).toEqual({
    ...DEFAULT_ORDER_API_CONFIG,
    provisionedConcurrency: 5,
    accountConcurrency: 50,
    firstWorkMs: 66,
    firstIoMs: 38,
    runtime: 'python3.12',
    architecture: 'arm',
    bundle: 'sdk',
    initSigma: 0.2,
    timeoutMs: 3000,
    gateway: 'rest',
    gatewayRatePerSecond: 0.5,
    gatewayBurst: 7,
    gatewayTimeoutMs: 1000,
    gatewayTimeoutStatus: 503,
  });
});

it('keeps orders at an endpoint of its own', () => {
  const url = 'https://dynamodb.eu-central-1.amazonaws.com';
  expect(parse(`--dynamodb-endpoint ${url}`)?.config.store).toEqual({ kind: 'endpoint', url });
});

it.each([
  '--port 65536',
  '--port http',
  '--store redis',
  '--memory 127',
  '--memory 1024.5',
  '--reserved-concurrency -1',
  '--reserved-concurrency 1001',
  '--work-ms -1',
  '--io-ms NaN',
  '--init-ms ten',
  '--idle-seconds',
  '--seed 0.5',
  '--throttle-status 200',
  '--throttle-status 450',
  '--dynamodb-endpoint localhost:8000',
  '--dynamodb-endpoint http://127.0.0.1:1 --store memory',
  '--provisioned 1.5',
  '--account-concurrency 0',
  '--account-concurrency 10 --reserved-concurrency 11',
  '--account-concurrency 10 --provisioned 11',
  '--reserved-concurrency 5 --provisioned 6',
  '--runtime node18',
  '--arch sparc',
  '--bundle big',
  '--gateway soap',
  '--gateway-burst 0',
  '--gateway-rate 0',
  '--gateway-timeout-status 500',
  '--timeout-ms 900001',
  '--nonsense',
  'extra',
])('refuses `%s` in one line', (flags) => {
  expect(() => parse(flags)).toThrow(
    expect.objectContaining({
      code: 'E_USAGE',
      exitCode: 2,
      message: expect.stringMatching(/^.+ \(see --help\)$/),
    }),
  );
});
