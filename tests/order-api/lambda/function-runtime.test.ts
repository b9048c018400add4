import { describe, expect, it } from 'vitest';
import {
  createFunctionRuntime,
  type FunctionRuntimeOptions,
} from '../../../order-api/lambda/function-runtime.ts';
import type { FunctionSettings } from '../../../order-api/lambda/function-settings.ts';
import type { InvocationRecord } from '../../../order-api/lambda/invocation-record.ts';
import type { Machine } from '../../../order-api/lambda/machine.ts';
import {
  createPlatformModel,
  type PlatformModelConfig,
} from '../../../order-api/lambda/platform-model.ts';
import { seededRandom } from '../../../order-api/lambda/random.ts';
import { createFakeClock } from './fake-clock.ts';

interface Overrides {
  readonly init?: FunctionRuntimeOptions<string, string>['init'];
  readonly settings?: Partial<FunctionSettings>;
  readonly machine?: Partial<Machine>;
}

function createFunction(
  { init, settings, machine }: Overrides = {},
  config: Partial<PlatformModelConfig> = {},
) {
  const clock = createFakeClock();
  const records: InvocationRecord[] = [];
  const lambda = createFunctionRuntime<string, string>({
    name: 'write-orders',
    model: createPlatformModel(
      {
        accountConcurrency: 1000,
        reservedConcurrency: null,
        idleReclaimMs: 1_000,
        initMedianMs: 265.72,
        initSigma: 0,
        ...config,
      },
      { nowMs: clock.nowMs, random: seededRandom(1) },
    ),
    settings: { duration: { workMs: 10, ioMs: 5, memoryMb: 1769 }, ...settings },
    machine: { ...clock.machine, epochMs: () => 1_000_000 + clock.nowMs(), ...machine },
    init: init ?? (() => async (event) => `${event}!`),
    onInvocation: (record) => records.push(record),
  });
  return { clock, lambda, records };
}

describe('createFunctionRuntime', () => {
  it('reports a cold and a warm invocation as Lambda bills them', async () => {
    const { lambda, records } = createFunction({
      settings: { duration: { workMs: 390.99, ioMs: 5, memoryMb: 1769 } },
    });
    expect(await lambda.invoke('a', 'request-1')).toEqual({ kind: 'answered', result: 'a!' });
    await lambda.invoke('b', 'request-2');
    const [cold, warm] = records;
    expect(cold).toEqual({
      functionName: 'write-orders',
      requestId: 'request-1',
      environmentId: expect.stringMatching(/^[0-9a-f]{32}$/),
      initializationType: 'on-demand',
      endedAtMs: expect.closeTo(1_000_661.71),
      durationMs: expect.closeTo(395.99),
      billedMs: 662,
      initMs: expect.closeTo(265.72),
      memorySizeMb: 1769,
      maxMemoryUsedMb: 85,
      status: 'success',
    });
    expect(warm).toMatchObject({
      requestId: 'request-2',
      environmentId: cold?.environmentId,
      billedMs: 396,
      initMs: null,
    });
    expect(lambda.bill()).toMatchObject({ billedMs: 662 + 396 });
  });

  it('leaves no record of a call that was throttled', async () => {
    const { lambda, records } = createFunction({}, { reservedConcurrency: 0 });
    expect(await lambda.invoke('a', 'r')).toMatchObject({ kind: 'throttled' });
    expect(records).toEqual([]);
  });

  it('bills a call whose handler throws', async () => {
    const { lambda, records } = createFunction({
      init: () => async () => {
        throw new Error('broken');
      },
    });
    expect(await lambda.invoke('a', 'r')).toMatchObject({ kind: 'failed' });
    expect(records).toMatchObject([{ status: 'error', billedMs: 266 }]);
  });

  it('takes the first-invocation penalty once per environment, provisioned or not', async () => {
    const { lambda, records } = createFunction(
      { settings: { firstCall: { workMs: 66, ioMs: 38 } } },
      { provisionedConcurrency: 1 },
    );
    await lambda.invoke('a', 'r1');
    await lambda.invoke('b', 'r2');
    expect(records).toMatchObject([
      { durationMs: 104, initMs: null, initializationType: 'provisioned-concurrency' },
      { durationMs: 15, initMs: null, initializationType: 'provisioned-concurrency' },
    ]);
  });

  it('runs an INIT of more than 10 s again within the first call', async () => {
    const { lambda, records } = createFunction({}, { initMedianMs: 12_000 });
    await lambda.invoke('a', 'r1');
    await lambda.invoke('b', 'r2');
    expect(records[0]?.initMs).toBe(10_000);
    expect(records[0]?.durationMs).toBeCloseTo(12_015);
    expect(records[1]).toMatchObject({ initMs: null, durationMs: expect.closeTo(15) });
  });

  it('ends a call at its timeout and gives up the environment', async () => {
    const fired: (() => void)[] = [];
    let cancelled = 0;
    const { lambda, records } = createFunction({
      init: () => () => new Promise<string>(() => {}),
      settings: { timeoutMs: 3_000 },
      machine: {
        startTimer: (ms, callback) => {
          expect(ms).toBe(3_000);
          fired.push(callback);
          return () => {
            cancelled += 1;
          };
        },
      },
    });
    const invocation = lambda.invoke('a', 'r');
    await expect.poll(() => fired.length).toBe(1);
    fired[0]?.();
    expect(await invocation).toEqual({ kind: 'timedOut' });
    expect(records).toMatchObject([{ status: 'timeout', durationMs: 3_000, billedMs: 3_266 }]);
    expect(lambda.model.counts()).toMatchObject({ busyEnvironments: 0, idleEnvironments: 0 });
    expect(cancelled).toBe(0);
  });

  it('stops the timer of a call that ended in time', async () => {
    let cancelled = 0;
    const { lambda } = createFunction({
      settings: { timeoutMs: 3_000 },
      machine: {
        startTimer: () => () => {
          cancelled += 1;
        },
      },
    });
    expect(await lambda.invoke('a', 'r')).toMatchObject({ kind: 'answered' });
    expect(cancelled).toBe(1);
  });

  it('pauses calls by CPU quota with a random source, and takes the mean without', async () => {
    const slow = { workMs: 10, ioMs: 0, memoryMb: 442.25 };
    const even = createFunction({ settings: { duration: slow } });
    await even.lambda.invoke('a', 'r');
    expect(even.records[0]?.durationMs).toBeCloseTo(40);
    const drawn = createFunction({
      settings: { duration: { ...slow, workMs: 9 } },
      machine: { random: seededRandom(4) },
    });
    const seen = new Set<number>();
    for (let call = 0; call < 50; call += 1) await drawn.lambda.invoke('a', `r${call}`);
    for (const { durationMs } of drawn.records) seen.add(Math.round(durationMs));
    expect([...seen].sort()).toEqual([24, 39]);
  });
});
