import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createAwsLens } from '../../../lib/node/platform/aws-lens.ts';
import { type AwsFunction, startAwsServer } from './aws-server.ts';

const MINUTE_MS = 60_000;
const NOON_MS = Date.parse('2026-11-20T12:00:00Z');
const START_MS = NOON_MS + 20_000;
const END_MS = NOON_MS + 100_000;

function textReport(atMs: number, initMs: number | null = null, usedMb = 90) {
  const init = initMs === null ? '' : `\tInit Duration: ${initMs.toFixed(2)} ms`;
  const fields = `RequestId: r-${atMs}\tDuration: 10.50 ms\tBilled Duration: ${11 + (initMs ?? 0)} ms`;
  const memory = `\tMemory Size: 512 MB\tMax Memory Used: ${usedMb} MB`;
  return { timestamp: atMs, message: `REPORT ${fields}${memory}${init}\t\n` };
}

function jsonReport(atMs: number) {
  const metrics = {
    durationMs: 10.5,
    billedDurationMs: 11,
    memorySizeMB: 512,
    maxMemoryUsedMB: 90,
  };
  const record = { requestId: `r-${atMs}`, status: 'success', metrics };
  return { timestamp: atMs, message: JSON.stringify({ type: 'platform.report', record }) };
}

/** Four calls in two minutes, two of them cold; a call of somebody else's minutes before. */
const ORDERS: AwsFunction = {
  minutes: [
    { startMs: NOON_MS - 5 * MINUTE_MS, Invocations: 1, ConcurrentExecutions: 9 },
    { startMs: NOON_MS, Invocations: 3, Throttles: 2, ConcurrentExecutions: 3 },
    { startMs: NOON_MS + MINUTE_MS, Invocations: 1, ConcurrentExecutions: 1 },
  ],
  log: [
    textReport(NOON_MS - 5 * MINUTE_MS, 500),
    textReport(START_MS + 1000, 100),
    textReport(START_MS + 1001, 100, 95),
    jsonReport(START_MS + 2000),
    textReport(NOON_MS + MINUTE_MS + 10),
  ],
};

function lens(functions: readonly [string, ...string[]] = ['orders']) {
  let now = START_MS;
  const waits: number[] = [];
  const settle = (ms: number) => {
    waits.push(ms);
    return Promise.resolve();
  };
  const created = createAwsLens({ functions, region: 'eu-west-1', settle, nowMs: () => now });
  return { ...created, waits, end: () => (now = END_MS) };
}

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
});

describe('the AWS lens', () => {
  it('counts invocations and throttles by metrics, cold starts and billed time by REPORT lines', async () => {
    const server = await startAwsServer({ orders: ORDERS });
    vi.stubEnv('AWS_ENDPOINT_URL', server.url);
    const aws = lens();
    await aws.begin();
    aws.end();
    const reading = await aws.read();
    expect(reading.functions).toEqual([
      {
        name: 'orders',
        settings: { memoryMb: 512, architecture: 'x86' },
        missing: {},
        invocations: 4,
        throttles: 2,
        throttlesByReason: {},
        coldStarts: 2,
        peakConcurrency: 3,
        busyMs: 242,
        billedMs: 244,
        billedGbSeconds: expect.closeTo(0.122, 9),
        gauges: [
          { startMs: NOON_MS, lengthMs: MINUTE_MS, concurrency: 3, coldStarts: 2, throttles: 2 },
          {
            startMs: NOON_MS + MINUTE_MS,
            lengthMs: MINUTE_MS,
            concurrency: 1,
            coldStarts: 0,
            throttles: null,
          },
        ],
        memory: [
          { startMs: START_MS + 1000, lengthMs: 1000, maxUsedMb: 95 },
          { startMs: START_MS + 2000, lengthMs: 1000, maxUsedMb: 90 },
          { startMs: NOON_MS + MINUTE_MS, lengthMs: 1000, maxUsedMb: 90 },
        ],
      },
    ]);
    expect(reading).toMatchObject({ lens: 'aws', gatewayThrottles: null, queue: null });
    expect(aws.waits).toEqual([120_000]);
    expect(server.calls.filter((call) => call === 'FilterLogEvents')).toHaveLength(2);
  });

  it('leaves a cold call in the first minute but before the load out of the sums, not out of the check', async () => {
    const [first, second, third] = ORDERS.minutes;
    if (first === undefined || second === undefined || third === undefined) throw new Error();
    const minutes = [first, { ...second, Invocations: 4 }, { ...third, Invocations: 2 }];
    const strays = [textReport(START_MS - 5000, 300), textReport(END_MS + 5000, 300)];
    const log = [...ORDERS.log, ...strays].sort((a, b) => a.timestamp - b.timestamp);
    const server = await startAwsServer({ orders: { minutes, log } });
    vi.stubEnv('AWS_ENDPOINT_URL', server.url);
    const aws = lens();
    await aws.begin();
    aws.end();
    const { functions } = await aws.read();
    expect(functions[0]).toMatchObject({
      invocations: 6,
      coldStarts: 2,
      busyMs: 242,
      billedMs: 244,
    });
  });

  it('does not add up a log with REPORT lines missing', async () => {
    const server = await startAwsServer({ orders: { ...ORDERS, log: ORDERS.log.slice(0, 3) } });
    vi.stubEnv('AWS_ENDPOINT_URL', server.url);
    const aws = lens();
    await aws.begin();
    aws.end();
    const { functions, notes } = await aws.read();
    expect(functions[0]).toMatchObject({
      ...{ invocations: 4, coldStarts: null, billedMs: null, memory: [] },
    });
    expect(notes.join()).toContain('2 REPORT lines for 4 invocations');
  });

  it('goes without the log where it may not be read', async () => {
    const logError = { __type: 'AccessDeniedException', message: 'not allowed: FilterLogEvents' };
    const server = await startAwsServer({ orders: { ...ORDERS, logError }, writer: ORDERS });
    vi.stubEnv('AWS_ENDPOINT_URL', server.url);
    const aws = lens(['orders', 'writer']);
    await aws.begin();
    aws.end();
    const { functions, notes } = await aws.read();
    expect(functions).toMatchObject([
      { name: 'orders', throttles: 2, coldStarts: null },
      { name: 'writer', coldStarts: 2 },
    ]);
    expect(notes.join()).toContain('AccessDeniedException: not allowed: FilterLogEvents');
    expect(functions[0].missing).toMatchObject({
      billedMs:
        'the log of orders cannot be read: AccessDeniedException: not allowed: FilterLogEvents',
    });
  });

  it('says at the start of a run that metrics may not be read', async () => {
    const server = await startAwsServer(
      { orders: ORDERS },
      { __type: 'AccessDenied', message: 'no GetMetricData' },
    );
    vi.stubEnv('AWS_ENDPOINT_URL', server.url);
    await expect(lens(['orders']).begin()).rejects.toThrow('no GetMetricData');
  });

  it('reads the log group and the processor from the configuration of the function', async () => {
    const configuration = {
      LoggingConfig: { LogGroup: '/stack/orders' },
      Architectures: ['arm64'],
      MemorySize: 1024,
    };
    const server = await startAwsServer({ orders: { ...ORDERS, configuration } });
    vi.stubEnv('AWS_ENDPOINT_URL', server.url);
    const aws = lens();
    await aws.begin();
    aws.end();
    const { functions, notes } = await aws.read();
    expect(functions[0]).toMatchObject({
      ...{ coldStarts: 2, settings: { memoryMb: 1024, architecture: 'arm' } },
    });
    expect(notes).toHaveLength(2);
  });

  it('takes the default log group where the configuration may not be read, and says so', async () => {
    const configuration = { __type: 'AccessDeniedException', Message: 'no' };
    const server = await startAwsServer({ orders: { ...ORDERS, configuration } });
    vi.stubEnv('AWS_ENDPOINT_URL', server.url);
    const aws = lens();
    await aws.begin();
    aws.end();
    const { functions, notes } = await aws.read();
    expect(functions[0]).toMatchObject({ coldStarts: 2 });
    expect(functions[0].settings).toBeUndefined();
    expect(notes.join()).toContain('so its log group is taken to be /aws/lambda/orders');
  });

  it('counts of a function with an alias only the calls of the alias, and of a shared log only its own', async () => {
    const configuration = { LoggingConfig: { LogGroup: '/shared' }, Version: '7' };
    const written = (stream: string) => (event: object) => ({
      ...(event as { timestamp: number; message: string }),
      logStreamName: `2026/11/20/${stream}0123456789abcdef`,
    });
    const log = [
      ...ORDERS.log.map(written('orders[7]')),
      ...[textReport(START_MS + 3000, 900)].map(written('orders[6]')),
      ...[textReport(START_MS + 3001, 900)].map(written('others[7]')),
    ];
    const server = await startAwsServer({ 'orders:live': { ...ORDERS, log, configuration } });
    vi.stubEnv('AWS_ENDPOINT_URL', server.url);
    const aws = lens(['orders:live']);
    await aws.begin();
    aws.end();
    const { functions } = await aws.read();
    expect(functions[0]).toMatchObject({
      ...{ name: 'orders:live', invocations: 4, coldStarts: 2, billedMs: 244 },
    });
  });

  it('has no count of a metric without data, and says of each figure why', async () => {
    const [, first] = ORDERS.minutes;
    if (first === undefined) throw new Error();
    const minutes = [{ startMs: first.startMs, Invocations: 4 }];
    const nothing = { minutes: [], log: [] };
    const server = await startAwsServer({
      orders: { ...ORDERS, minutes },
      late: { ...nothing, log: ORDERS.log },
      unused: nothing,
    });
    vi.stubEnv('AWS_ENDPOINT_URL', server.url);
    const aws = lens(['orders', 'late', 'unused']);
    await aws.begin();
    aws.end();
    const { functions, notes } = await aws.read();
    expect(functions).toMatchObject([
      {
        ...{ invocations: 4, throttles: null, peakConcurrency: null, coldStarts: 2 },
        missing: {
          throttles: 'CloudWatch has no data of Throttles for orders in the minutes of the run',
        },
      },
      { invocations: null, coldStarts: null, billedMs: null },
      { invocations: null, throttles: null, isSilent: true },
    ]);
    expect(functions.map(({ isSilent = false }) => isSilent)).toEqual([false, false, true]);
    expect(functions[1]?.missing?.billedMs).toContain(
      'whether the 4 REPORT lines in its log are all',
    );
    expect(notes.join()).toContain('CloudWatch has neither metrics nor a log line of unused');
  });

  it('goes without a further function that does not exist, and says so', async () => {
    const server = await startAwsServer({ orders: ORDERS });
    vi.stubEnv('AWS_ENDPOINT_URL', server.url);
    const aws = lens(['orders', 'writre']);
    await aws.begin();
    aws.end();
    const { functions, notes } = await aws.read();
    expect(functions).toMatchObject([{ invocations: 4 }, { invocations: null, isSilent: true }]);
    expect(notes.join()).toContain('there is no function writre in eu-west-1');
  });

  it('says at the start of a run that there is no such function in the region', async () => {
    const server = await startAwsServer({ orders: ORDERS });
    vi.stubEnv('AWS_ENDPOINT_URL', server.url);
    await expect(lens(['ordres']).begin()).rejects.toThrow(
      'there is no function ordres in eu-west-1: check its name and --region',
    );
  });
});
