import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createInvocationLog } from '../../../order-api/emit/invocation-log.ts';
import { powertoolsMetrics } from '../../../order-api/functions/powertools-metrics.ts';
import type { LambdaContext } from '../../../order-api/handlers/http-event.ts';
import type { OrderMetrics } from '../../../order-api/handlers/order-metrics.ts';
import type { InvocationRecord } from '../../../order-api/lambda/invocation-record.ts';

const FUNCTION = 'create-order';
const NOW_MS = Date.UTC(2026, 9, 8);
const EMF_KEY = '"_aws"';

beforeEach(() => {
  vi.useFakeTimers({ now: NOW_MS, toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

function context(requestId: string): LambdaContext {
  return { functionName: FUNCTION, memoryLimitInMB: '1024', awsRequestId: requestId };
}

interface Call {
  readonly requestId: string;
  readonly successful: boolean;
  readonly durationMs: number;
}

function tell(metrics: OrderMetrics, { requestId, ...outcome }: Call): void {
  metrics.started(context(requestId));
  metrics.ended(context(requestId), outcome);
}

/** What Powertools prints in a process that is one environment. */
function fromPowertools(initializationType: string | undefined, calls: readonly Call[]): string[] {
  vi.stubEnv('AWS_LAMBDA_INITIALIZATION_TYPE', initializationType);
  const printed: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    printed.push(...String(chunk).trimEnd().split('\n'));
    return true;
  });
  const metrics = powertoolsMetrics();
  for (const call of calls) tell(metrics, call);
  vi.mocked(process.stdout.write).mockRestore();
  return printed;
}

function fromLog(
  initializationType: InvocationRecord['initializationType'],
  calls: readonly Call[],
): string[] {
  const written: string[] = [];
  const log = createInvocationLog({ format: 'json', write: (text) => written.push(text) });
  for (const [index, call] of calls.entries()) {
    tell(log.metrics, { ...call, durationMs: -1 });
    log.onInvocation({
      functionName: FUNCTION,
      requestId: call.requestId,
      environmentId: '22be53a8cfde4e68b844f8ec293b2543',
      initializationType,
      endedAtMs: NOW_MS,
      durationMs: call.durationMs,
      billedMs: 1,
      initMs: index === 0 ? 142 : null,
      memorySizeMb: 1024,
      maxMemoryUsedMb: 85,
      status: 'success',
    });
  }
  return written.flatMap((text) => text.split('\n')).filter((line) => line.includes(EMF_KEY));
}

// Where the record's start and end differ, so do the timestamps of its metrics; Powertools has one clock.
const CALLS: readonly Call[] = [
  { requestId: 'a', successful: true, durationMs: 0 },
  { requestId: 'b', successful: true, durationMs: 12.345678901 },
  { requestId: 'c', successful: false, durationMs: 5000 },
];

it('prints what Powertools prints for a cold environment and its warm calls', () => {
  const ours = fromLog('on-demand', CALLS);
  expect(ours).toHaveLength(4);
  expect(ours).toEqual(fromPowertools('on-demand', CALLS));
  expect(ours[0]).toBe(
    `{"_aws":{"Timestamp":${NOW_MS},"CloudWatchMetrics":[{"Namespace":"OrderApi","Dimensions":[["service","function_name"]],"Metrics":[{"Name":"ColdStart","Unit":"Count"}]}]},"service":"orders","function_name":"create-order","ColdStart":1}`,
  );
});

it('counts no cold start of a provisioned environment, as Powertools does', () => {
  const ours = fromLog('provisioned-concurrency', CALLS);
  expect(ours).toHaveLength(3);
  expect(ours).toEqual(fromPowertools('provisioned-concurrency', CALLS));
});

it('knows that Powertools counts none where Lambda does not say how it began', () => {
  expect(fromPowertools(undefined, CALLS)).toHaveLength(3);
});
