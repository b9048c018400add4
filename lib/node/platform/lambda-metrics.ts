import {
  type CloudWatchClient,
  type MetricDataQuery,
  paginateGetMetricData,
} from '@aws-sdk/client-cloudwatch';
import { parseFunctionName } from '../../core/lambda/function-name.ts';
import type { PlatformGauge } from '../../core/lambda/platform-reading.ts';

/** Null is a metric without data, which may be a count of zero or the wrong name. */
export interface FunctionMetrics {
  readonly invocations: number | null;
  readonly throttles: number | null;
  /** One entry for each minute with data. */
  readonly gauges: readonly PlatformGauge[];
}

export interface Span {
  /** Epoch ms. */
  readonly fromMs: number;
  readonly toMs: number;
}

export const MINUTE_MS = 60_000;

/** The whole minutes that a span touches, without its end: the periods of CloudWatch. */
export function wholeMinutes({ fromMs, toMs }: Span): Span {
  return {
    fromMs: Math.floor(fromMs / MINUTE_MS) * MINUTE_MS,
    toMs: Math.ceil(toMs / MINUTE_MS) * MINUTE_MS,
  };
}

const METRICS = {
  invocations: { name: 'Invocations', stat: 'Sum' },
  throttles: { name: 'Throttles', stat: 'Sum' },
  concurrency: { name: 'ConcurrentExecutions', stat: 'Maximum' },
} as const;
type MetricId = keyof typeof METRICS;

/**
 * CloudWatch's metrics of a function (`NAME` or `NAME:ALIAS`) in the whole minutes that a span touches. Lambda sends
 * nothing for a minute without calls.
 */
export async function readLambdaMetrics(
  client: CloudWatchClient,
  functionName: string,
  span: Span,
): Promise<FunctionMetrics> {
  const { fromMs, toMs } = wholeMinutes(span);
  const series: Record<MetricId, Map<number, number>> = {
    invocations: new Map(),
    throttles: new Map(),
    concurrency: new Map(),
  };
  const pages = paginateGetMetricData(
    { client },
    {
      StartTime: new Date(fromMs),
      EndTime: new Date(toMs),
      ScanBy: 'TimestampAscending',
      MetricDataQueries: (Object.keys(METRICS) as MetricId[]).map((id) => query(id, functionName)),
    },
  );
  for await (const page of pages) {
    for (const { Id, Timestamps = [], Values = [] } of page.MetricDataResults ?? []) {
      const values = series[Id as MetricId];
      if (values === undefined) continue;
      for (const [index, at] of Timestamps.entries()) values.set(at.getTime(), Values[index] ?? 0);
    }
  }
  const sum = (values: ReadonlyMap<number, number>) =>
    values.size === 0 ? null : [...values.values()].reduce((total, value) => total + value, 0);
  const minutes = [...new Set(Object.values(series).flatMap((values) => [...values.keys()]))];
  return {
    invocations: sum(series.invocations),
    throttles: sum(series.throttles),
    gauges: minutes
      .sort((a, b) => a - b)
      .map((startMs) => ({
        startMs,
        lengthMs: MINUTE_MS,
        concurrency: series.concurrency.get(startMs) ?? null,
        coldStarts: null,
        throttles: series.throttles.get(startMs) ?? null,
      })),
  };
}

function query(id: MetricId, functionName: string): MetricDataQuery {
  const { name: metric, stat } = METRICS[id];
  const { name, alias } = parseFunctionName(functionName);
  return {
    Id: id,
    MetricStat: {
      Metric: {
        Namespace: 'AWS/Lambda',
        MetricName: metric,
        Dimensions: [
          { Name: 'FunctionName', Value: name },
          ...(alias === null ? [] : [{ Name: 'Resource', Value: functionName }]),
        ],
      },
      Period: MINUTE_MS / 1000,
      Stat: stat,
    },
  };
}
