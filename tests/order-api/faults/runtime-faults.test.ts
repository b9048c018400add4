import { expect, it } from 'vitest';
import { createFunctionRuntime } from '../../../order-api/lambda/function-runtime.ts';
import type { InvocationRecord } from '../../../order-api/lambda/invocation-record.ts';
import { createPlatformModel } from '../../../order-api/lambda/platform-model.ts';
import { seededRandom } from '../../../order-api/lambda/random.ts';
import type { Kill } from '../../../order-api/lambda/runtime-faults.ts';
import { createFakeClock } from '../lambda/fake-clock.ts';

const NEVER_STARTED: readonly string[] = [];

function createFunction(faults: {
  factor?: number;
  kill?: Kill | null;
  timeoutMs?: number;
  leakMbPerMs?: number;
}) {
  const { factor = 1, kill = null, timeoutMs, leakMbPerMs = 0 } = faults;
  const clock = createFakeClock();
  const records: InvocationRecord[] = [];
  const handled: string[] = [];
  const counts = { killed: 0 };
  const model = createPlatformModel(
    {
      accountConcurrency: 10,
      reservedConcurrency: null,
      idleReclaimMs: 60_000,
      initMedianMs: 100,
      initSigma: 0,
    },
    { nowMs: clock.nowMs, random: seededRandom(1), durationFactor: () => factor },
  );
  const lambda = createFunctionRuntime<string, string>({
    name: 'create-order',
    model,
    settings: {
      duration: { workMs: 10, ioMs: 6, memoryMb: 1769 },
      ...(timeoutMs !== undefined && { timeoutMs }),
    },
    machine: {
      ...clock.machine,
      startTimer: (_, callback) => {
        callback();
        return () => {};
      },
    },
    init: () => async (event) => {
      handled.push(event);
      clock.advance(2);
      return event;
    },
    onInvocation: (record) => records.push(record),
    faults: {
      durationFactor: () => factor,
      leakedMb: (ageMs) => leakMbPerMs * ageMs,
      kill: () => kill,
      killed: () => {
        counts.killed += 1;
      },
    },
  });
  return { lambda, model, records, handled, counts, clock };
}

it('stretches INIT, CPU and waiting by the factor; real calls stand in for the waiting', async () => {
  const { lambda, records } = createFunction({ factor: 3 });
  await lambda.invoke('a', 'request-1');
  expect(records[0]?.initMs).toBeCloseTo(300, 9);
  expect(records[0]?.durationMs).toBeCloseTo(3 * (10 + 6), 9);
});

it.each([
  ['beforeHandler', 4, NEVER_STARTED],
  ['afterHandler', 16, ['a']],
] as const)('kills an environment %s', async (when, durationMs, expected) => {
  const { lambda, model, records, handled, counts } = createFunction({
    kill: { when, share: 0.25 },
  });
  expect(await lambda.invoke('a', 'request-1')).toMatchObject({
    kind: 'failed',
    error: { message: 'Runtime exited with error: signal: killed' },
  });
  expect(handled).toEqual(expected);
  expect(records[0]?.durationMs).toBeCloseTo(durationMs, 9);
  expect(records[0]?.status).toBe('error');
  expect(model.counts()).toMatchObject({ busyEnvironments: 0, idleEnvironments: 0 });
  expect(counts.killed).toBe(1);
});

it('counts no kill that comes after the timeout', async () => {
  const { lambda, counts } = createFunction({
    kill: { when: 'afterHandler', share: 0 },
    timeoutMs: 1,
  });
  expect(await lambda.invoke('a', 'request-1')).toEqual({ kind: 'timedOut' });
  expect(counts.killed).toBe(0);
});

it('leaks from the first invocation on, and is killed when there is no memory left', async () => {
  const { lambda, model, records, counts, clock } = createFunction({ leakMbPerMs: 1 });
  await lambda.invoke('a', 'request-1');
  clock.advance(984);
  await lambda.invoke('b', 'request-2');
  expect(records.map(({ maxMemoryUsedMb }) => maxMemoryUsedMb)).toEqual([101, 1101]);
  expect(lambda.memoryUsed()).toEqual({ bucketSeconds: 1, peaks: [101, 1101] });
  clock.advance(1000);
  expect(await lambda.invoke('c', 'request-3')).toMatchObject({ kind: 'failed' });
  expect(records[2]).toMatchObject({ maxMemoryUsedMb: 1769, status: 'error' });
  expect(counts.killed).toBe(1);
  await lambda.invoke('d', 'request-4');
  expect(records[3]).toMatchObject({ maxMemoryUsedMb: 101, status: 'success' });
  expect(model.counts().coldStarts).toBe(2);
});
