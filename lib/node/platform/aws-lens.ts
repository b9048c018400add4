import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { FunctionReading, PlatformReading } from '../../core/lambda/platform-reading.ts';
import { type ReportTotals, readInvocationReports } from './invocation-reports.ts';
import { type FunctionMetrics, MINUTE_MS, readLambdaMetrics } from './lambda-metrics.ts';
import type { PlatformLens } from './platform-lens.ts';

export interface AwsLensOptions {
  /** Names of the Lambda functions; first the one that receives the orders. */
  readonly functions: readonly [string, ...string[]];
  /** Region; if undefined the SDK finds it, as it does credentials and endpoints. */
  readonly region: string | undefined;
  /** Waits until CloudWatch is likely to be complete; it is minutes behind. */
  readonly settle: (ms: number) => Promise<void>;
  /** Epoch ms. */
  readonly nowMs: () => number;
}

/** CloudWatch guarantees no time; Lambda's metrics and logs usually arrive within two minutes. */
const SETTLE_MS = 120_000;
const MAX_ATTEMPTS = 4;

/** AWS's counters of Lambda functions: CloudWatch metrics by the minute, and the REPORT lines in their logs. */
export function createAwsLens(options: AwsLensOptions): PlatformLens {
  const { functions, nowMs } = options;
  const client = {
    ...(options.region && { region: options.region }),
    maxAttempts: MAX_ATTEMPTS,
    requestHandler: { connectionTimeout: 5000, requestTimeout: 30_000 },
  };
  const metrics = new CloudWatchClient(client);
  const logs = new CloudWatchLogsClient(client);
  let fromMs: number | null = null;

  async function readFunction(
    name: string,
    span: { readonly fromMs: number; readonly toMs: number },
    notes: string[],
  ): Promise<FunctionReading> {
    const counted = await readLambdaMetrics(metrics, name, span);
    const reports = await readInvocationReports(logs, `/aws/lambda/${name}`, span).catch(
      (error: unknown) => {
        notes.push(`the log of ${name} cannot be read: ${lineOf(error)}`);
        return null;
      },
    );
    return functionReading(name, counted, reports, notes);
  }

  return {
    name: 'aws',
    async begin() {
      fromMs = nowMs();
      // An early call reveals missing credentials or permissions now and not after the load.
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
        notes: [...notes, 'gateway, table and queue are not read on AWS'],
      };
    },
    waitingMessages: () => Promise.resolve(null),
  };
}

/** REPORT lines are exact only if complete: if some are missing, their sums are too low. */
function functionReading(
  name: string,
  { invocations, throttles, gauges }: FunctionMetrics,
  reports: ReportTotals | null,
  notes: string[],
): FunctionReading {
  const whole = reports !== null && reports.lines >= invocations;
  if (reports !== null && !whole) {
    notes.push(
      `the log of ${name} has ${reports.lines} REPORT lines for ${invocations} invocations, so cold starts, billed time and memory are not known`,
    );
  }
  return {
    name,
    invocations,
    throttles,
    throttlesByReason: {},
    coldStarts: whole ? reports.coldStarts : null,
    peakConcurrency: gauges.reduce<number | null>(
      (peak, { concurrency }) => (concurrency === null ? peak : Math.max(peak ?? 0, concurrency)),
      null,
    ),
    busyMs: whole ? reports.busyMs : null,
    billedMs: whole ? reports.billedMs : null,
    billedGbSeconds: whole ? reports.billedGbSeconds : null,
    memory: whole ? reports.memory : [],
    gauges: gauges.map((gauge) => ({
      ...gauge,
      coldStarts: whole ? (reports.coldStartsByMinute.get(gauge.startMs) ?? 0) : null,
    })),
  };
}

function lineOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
