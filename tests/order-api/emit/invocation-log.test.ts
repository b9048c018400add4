import { expect, it } from 'vitest';
import { createInvocationLog } from '../../../order-api/emit/invocation-log.ts';
import type { InvocationRecord } from '../../../order-api/lambda/invocation-record.ts';

const RECORD: InvocationRecord = {
  functionName: 'create-order',
  requestId: 'a',
  environmentId: '22be53a8cfde4e68b844f8ec293b2543',
  initializationType: 'on-demand',
  endedAtMs: 1000,
  durationMs: 40,
  billedMs: 182,
  initMs: 142,
  memorySizeMb: 1024,
  maxMemoryUsedMb: 85,
  status: 'success',
};
const contextOf = (awsRequestId: string) => ({
  functionName: 'create-order',
  memoryLimitInMB: '1024',
  awsRequestId,
});

function logOf() {
  const written: string[] = [];
  const log = createInvocationLog({ format: 'text', write: (text) => written.push(text) });
  const metricsOf = (index: number) =>
    (written[index] ?? '')
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { ...log, written, metricsOf };
}

it('counts a cold start per environment, however many share the process', () => {
  const { metrics, onInvocation, metricsOf } = logOf();
  for (const requestId of ['a', 'b']) {
    metrics.started(contextOf(requestId));
    metrics.ended(contextOf(requestId), { successful: true, durationMs: 1 });
  }
  onInvocation({ ...RECORD, requestId: 'b' });
  onInvocation({ ...RECORD, requestId: 'a' });
  for (const index of [0, 1]) {
    expect(metricsOf(index)).toMatchObject([
      { _aws: { Timestamp: 960 }, ColdStart: 1 },
      { _aws: { Timestamp: 1000 }, SuccessfulInvocations: 1, FunctionDuration: 40 },
    ]);
  }
});

it('has no metrics but the cold start of a call that was cut off', () => {
  const { metrics, onInvocation, metricsOf, written } = logOf();
  metrics.started(contextOf('a'));
  onInvocation({ ...RECORD, status: 'timeout' });
  expect(metricsOf(0)).toMatchObject([{ ColdStart: 1 }]);
  expect(written[0]).toMatch(/\tStatus: timeout\n$/);
  // Its handler comes to an end later, and the next call is not taken for it.
  metrics.ended(contextOf('a'), { successful: true, durationMs: 1 });
  onInvocation({ ...RECORD, requestId: 'b', initMs: null });
  expect(metricsOf(1)).toEqual([]);
});

it('tells the duration of a call that was no success, without counting it as one', () => {
  const { metrics, onInvocation, metricsOf } = logOf();
  metrics.ended(contextOf('a'), { successful: false, durationMs: 1 });
  onInvocation({ ...RECORD, initMs: null, status: 'error' });
  expect(metricsOf(0)).toHaveLength(1);
  expect(metricsOf(0)[0]).not.toHaveProperty('SuccessfulInvocations');
  expect(metricsOf(0)[0]).toMatchObject({ FunctionDuration: 40 });
});
