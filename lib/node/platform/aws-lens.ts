import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { parseFunctionName } from '../../core/lambda/function-name.ts';
import type { FunctionReading, PlatformReading } from '../../core/lambda/platform-reading.ts';
import { type FunctionConfiguration, readFunctionConfiguration } from './function-configuration.ts';
import { functionReading, type ReadLog } from './function-reading.ts';
import { readInvocationReports } from './invocation-reports.ts';
import { MINUTE_MS, readLambdaMetrics, type Span } from './lambda-metrics.ts';
import type { PlatformLens } from './platform-lens.ts';
import { SETTLE_MS } from './settle-ms.ts';

export interface AwsLensOptions {
  /** Lambda functions, `NAME` or `NAME:ALIAS`; first the one that receives the orders. */
  readonly functions: readonly [string, ...string[]];
  /** Region; if undefined the SDK finds it, as it does credentials and endpoints. */
  readonly region: string | undefined;
  /** Waits until CloudWatch is likely to be complete; it is minutes behind. */
  readonly settle: (ms: number) => Promise<void>;
  /** Epoch ms. */
  readonly nowMs: () => number;
}

/** A configuration, or why there is none, in one line. */
interface ReadConfiguration {
  readonly configuration: FunctionConfiguration | null;
  /** The region has no such function. */
  readonly isMissing?: boolean;
  readonly problem?: string;
}

const MAX_ATTEMPTS = 4;

/** AWS's counters of Lambda functions: CloudWatch metrics by the minute, and the REPORT lines in their logs. */
export function createAwsLens(options: AwsLensOptions): PlatformLens {
  const { functions, nowMs } = options;
  const client = {
    ...(options.region && { region: options.region }),
    maxAttempts: MAX_ATTEMPTS,
    requestHandler: {
      connectionTimeout: 5000,
      requestTimeout: 30_000,
      throwOnRequestTimeout: true,
    },
  };
  const metrics = new CloudWatchClient(client);
  const logs = new CloudWatchLogsClient(client);
  const lambda = new LambdaClient(client);
  let fromMs: number | null = null;

  async function readConfiguration(name: string): Promise<ReadConfiguration> {
    try {
      return { configuration: await readFunctionConfiguration(lambda, name) };
    } catch (error) {
      const isMissing = error instanceof Error && error.name === 'ResourceNotFoundException';
      const problem = isMissing
        ? `there is no function ${name} in ${await lambda.config.region()}: check its name and --region`
        : `the configuration of ${name} cannot be read (lambda:GetFunctionConfiguration), so its log group is taken to be ${defaultLogGroup(name)}`;
      return { configuration: null, isMissing, problem };
    }
  }

  async function readFunction(name: string, span: Span, notes: string[]): Promise<FunctionReading> {
    const { configuration, problem } = await readConfiguration(name);
    if (problem !== undefined) notes.push(problem);
    const { logGroup = defaultLogGroup(name), version = null } = configuration ?? {};
    const counted = await readLambdaMetrics(metrics, name, span);
    const log: ReadLog = await readInvocationReports(
      logs,
      { logGroup, functionName: name, version },
      span,
    ).catch((error: unknown) => ({ problem: lineOf(error) }));
    const reading = functionReading(name, configuration, counted, log);
    const { coldStarts } = reading.missing ?? {};
    if (reading.isSilent) notes.push(`CloudWatch has neither metrics nor a log line of ${name}`);
    else if (coldStarts !== undefined) notes.push(coldStarts);
    return reading;
  }

  return {
    name: 'aws',
    async begin() {
      fromMs = nowMs();
      // Early calls reveal a wrong name, missing credentials or permissions now and not after the load.
      const { isMissing = false, problem } = await readConfiguration(functions[0]);
      if (isMissing) throw new Error(problem);
      await readLambdaMetrics(metrics, functions[0], { fromMs: fromMs - MINUTE_MS, toMs: fromMs });
    },
    async read(): Promise<PlatformReading> {
      if (fromMs === null) throw new Error('the lens did not see the start of the load');
      const span = { fromMs, toMs: nowMs() };
      await options.settle(SETTLE_MS);
      const notes = [
        `metrics cover whole minutes, so calls by others in the minutes of the run are counted too`,
      ];
      const [first, ...others] = functions;
      return {
        lens: 'aws',
        source: 'CloudWatch metrics and logs',
        functions: [
          await readFunction(first, span, notes),
          ...(await Promise.all(others.map((name) => readFunction(name, span, notes)))),
        ],
        gatewayThrottles: null,
        storedOrders: null,
        queue: null,
        missing: {
          gatewayThrottles: 'the gateway is not read on AWS',
          storedOrders: 'the table is not read on AWS',
        },
        notes: [...notes, 'gateway, table and queue are not read on AWS'],
      };
    },
    waitingMessages: () => Promise.resolve(null),
  };
}

function defaultLogGroup(name: string): string {
  return `/aws/lambda/${parseFunctionName(name).name}`;
}

function lineOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
