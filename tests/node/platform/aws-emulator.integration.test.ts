import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { beforeEach, expect, it, vi } from 'vitest';
import { createAwsLens } from '../../../lib/node/platform/aws-lens.ts';
import { startAwsServer } from './aws-server.ts';
import { startMoto } from './start-moto.ts';

const MINUTE_MS = 60_000;
const REGION = 'eu-west-1';
const LOG = { logGroupName: '/aws/lambda/orders', logStreamName: 'one' };

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
});

/** Each value is a sample of its own, as Lambda sends one a call. */
async function putMetric(name: string, atMs: number, values: readonly number[]): Promise<void> {
  await new CloudWatchClient({ region: REGION }).send(
    new PutMetricDataCommand({
      Namespace: 'AWS/Lambda',
      MetricData: values.map((Value) => ({
        MetricName: name,
        Dimensions: [{ Name: 'FunctionName', Value: 'orders' }],
        Timestamp: new Date(atMs),
        Value,
      })),
    }),
  );
}

function report(timestamp: number, more = '') {
  const fields = `RequestId: r-${timestamp}\tDuration: 10.50 ms\tBilled Duration: 11 ms`;
  const memory = `\tMemory Size: 512 MB\tMax Memory Used: 90 MB${more}`;
  return { timestamp, message: `REPORT ${fields}${memory}\t\n` };
}

async function putLog(logEvents: { timestamp: number; message: string }[]): Promise<void> {
  const logs = new CloudWatchLogsClient({ region: REGION });
  await logs.send(new CreateLogGroupCommand({ logGroupName: LOG.logGroupName }));
  await logs.send(new CreateLogStreamCommand(LOG));
  await logs.send(new PutLogEventsCommand({ ...LOG, logEvents }));
}

it('reads from an emulator of CloudWatch what was put there', {
  timeout: 60_000,
}, async (context) => {
  vi.stubEnv('AWS_ENDPOINT_URL', await startMoto(context));
  // Without docker the emulator has no functions.
  const nothing = { minutes: [], log: [] };
  const { url } = await startAwsServer({ orders: nothing, 'never-called': nothing });
  vi.stubEnv('AWS_ENDPOINT_URL_LAMBDA', url);
  // What is too old or still to come is refused.
  const firstMs = (Math.floor(Date.now() / MINUTE_MS) - 10) * MINUTE_MS;
  const startMs = firstMs + 20_000;
  await putMetric('Invocations', firstMs, [1, 1, 1]);
  await putMetric('Invocations', firstMs + MINUTE_MS, [1]);
  await putMetric('Throttles', firstMs, [1, 1]);
  await putMetric('ConcurrentExecutions', firstMs, [1, 2, 1]);
  await putLog([
    report(startMs - 10_000, '\tInit Duration: 300.00 ms'),
    { timestamp: startMs + 1000, message: 'START RequestId: r Version: $LATEST\n' },
    report(startMs + 1000, '\tInit Duration: 100.00 ms'),
    report(startMs + 2000),
    report(firstMs + MINUTE_MS + 10),
  ]);
  let nowMs = startMs;
  const lens = createAwsLens({
    functions: ['orders', 'never-called'],
    region: REGION,
    settle: () => Promise.resolve(),
    nowMs: () => nowMs,
  });
  await lens.begin();
  nowMs = firstMs + 100_000;
  const { functions, notes } = await lens.read();
  expect(functions[0]).toMatchObject({
    ...{ name: 'orders', invocations: 4, throttles: 2, peakConcurrency: 2 },
    // The call before the load is in the metrics of its minute, and in no sum.
    ...{ coldStarts: 1, busyMs: 131.5, billedMs: 33 },
    gauges: [
      { startMs: firstMs, lengthMs: MINUTE_MS, concurrency: 2, coldStarts: 1, throttles: 2 },
      { startMs: firstMs + MINUTE_MS, concurrency: null, coldStarts: 0, throttles: null },
    ],
  });
  expect(functions[1]).toMatchObject({ name: 'never-called', invocations: null, isSilent: true });
  expect(functions[1]?.missing?.coldStarts).toContain('cannot be read: ResourceNotFound');
  expect(notes.join()).toContain('CloudWatch has neither metrics nor a log line of never-called');
});
