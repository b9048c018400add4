import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** What one function did, as AWS would tell it. */
export interface AwsFunction {
  /** By minute: epoch ms of its start. */
  readonly minutes: readonly {
    readonly startMs: number;
    readonly Invocations: number;
    readonly Throttles?: number;
    readonly ConcurrentExecutions?: number;
  }[];
  readonly log: readonly {
    readonly timestamp: number;
    readonly message: string;
    /** By default that of the unpublished version. */
    readonly logStreamName?: string;
  }[];
  /** Of Lambda's answer to GetFunctionConfiguration; an error instead of it. */
  readonly configuration?: object | { readonly __type: string };
  /** Answer every look into the log with this error. */
  readonly logError?: { readonly __type: string; readonly message: string };
}

export interface AwsServer {
  readonly url: string;
  /** Targets of the requests, such as `FilterLogEvents`. */
  readonly calls: readonly string[];
}

interface MetricRequest {
  readonly StartTime: number;
  readonly EndTime: number;
  readonly NextToken?: string;
  readonly MetricDataQueries: readonly {
    readonly Id: string;
    readonly MetricStat: {
      readonly Metric: {
        readonly MetricName: 'Invocations' | 'Throttles' | 'ConcurrentExecutions';
        readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
      };
    };
  }[];
}

interface LogRequest {
  readonly logGroupName: string;
  readonly startTime: number;
  readonly endTime: number;
  readonly nextToken?: string;
}

const PAGE = 2;
/** By X-Amz-Target, as the models of the services say: AWS JSON 1.0 for CloudWatch, 1.1 for its logs. */
const OPERATIONS = {
  'GraniteServiceVersion20100801.GetMetricData': { json: '1.0', errorHeader: 'x-amzn-query-error' },
  'Logs_20140328.FilterLogEvents': { json: '1.1', errorHeader: 'x-amzn-errortype' },
} as const;

/**
 * GetMetricData and FilterLogEvents as the services answer them (AWS JSON 1.0, compatible with the query
 * protocol, and 1.1), in pages, and GetFunctionConfiguration (REST), until the running test ends. A request that they
 * would not take is a 400. `functions` are found by `NAME`, by `NAME:ALIAS` and by the log group that is configured.
 */
export async function startAwsServer(
  functions: Readonly<Record<string, AwsFunction>>,
  failAll: { readonly __type: string; readonly message: string } | null = null,
): Promise<AwsServer> {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.once('end', () => {
      const lambda = /^\/2015-03-31\/functions\/([^/?]+)\/configuration(?:\?Qualifier=(.+))?$/.exec(
        request.url ?? '',
      );
      if (lambda !== null) {
        const [, name, alias] = lambda;
        calls.push('GetFunctionConfiguration');
        const { __type = null, ...answer } = configurationOf(
          functions[alias === undefined ? `${name}` : `${name}:${alias}`],
          `${name}`,
        );
        response.writeHead(ERROR_STATUS[`${__type}`] ?? 200, {
          'content-type': 'application/json',
          ...(__type !== null && { 'x-amzn-errortype': __type }),
        });
        response.end(JSON.stringify(answer));
        return;
      }
      const { 'x-amz-target': target = '', 'content-type': type } = request.headers;
      const operation = String(target).split('.')[1] ?? '';
      const protocol = OPERATIONS[target as keyof typeof OPERATIONS];
      calls.push(operation);
      if (protocol === undefined || type !== `application/x-amz-json-${protocol.json}`) {
        response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
        response.end(JSON.stringify({ __type: 'UnknownOperationException' }));
        return;
      }
      const input: unknown = JSON.parse(body);
      const answer =
        failAll ??
        (operation === 'GetMetricData'
          ? metricData(functions, input as MetricRequest)
          : logEvents(functions, input as LogRequest));
      const error = '__type' in answer ? String(answer.__type) : null;
      response.writeHead(error === null ? 200 : 400, {
        'content-type': `application/x-amz-json-${protocol.json}`,
        'x-amzn-requestid': `00000000-0000-4000-8000-${String(calls.length).padStart(12, '0')}`,
        ...(error !== null && {
          [protocol.errorHeader]: protocol.json === '1.0' ? `${error};Sender` : error,
        }),
      });
      response.end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls };
}

const ERROR_STATUS: Readonly<Record<string, number>> = {
  ResourceNotFoundException: 404,
  AccessDeniedException: 403,
};

function configurationOf(
  one: AwsFunction | undefined,
  name: string,
): { readonly __type?: string; readonly [key: string]: unknown } {
  if (one === undefined) return { __type: 'ResourceNotFoundException', Message: 'not found' };
  return { FunctionName: name, MemorySize: 512, Architectures: ['x86_64'], ...one.configuration };
}

function metricData(
  functions: Readonly<Record<string, AwsFunction>>,
  { StartTime, EndTime, NextToken, MetricDataQueries }: MetricRequest,
): object {
  // One metric a page.
  const page = Number(NextToken ?? 0);
  const query = MetricDataQueries[page];
  if (query === undefined) return { MetricDataResults: [], Messages: [] };
  const { MetricName, Dimensions } = query.MetricStat.Metric;
  const dimension = (name: string) => Dimensions.find(({ Name }) => Name === name)?.Value;
  const key = dimension('Resource') ?? dimension('FunctionName') ?? '';
  if (!key.startsWith(`${dimension('FunctionName')}`)) throw new Error('of another function');
  const points = (functions[key]?.minutes ?? []).filter(
    (minute) =>
      minute[MetricName] !== undefined &&
      minute.startMs >= StartTime * 1000 &&
      minute.startMs < EndTime * 1000,
  );
  return {
    MetricDataResults: [
      {
        Id: query.Id,
        Label: MetricName,
        Timestamps: points.map(({ startMs }) => startMs / 1000),
        Values: points.map((minute) => minute[MetricName]),
        StatusCode: 'Complete',
      },
    ],
    Messages: [],
    ...(page + 1 < MetricDataQueries.length && { NextToken: String(page + 1) }),
  };
}

function logEvents(
  functions: Readonly<Record<string, AwsFunction>>,
  { logGroupName, startTime, endTime, nextToken }: LogRequest,
): object {
  const [, one] =
    Object.entries(functions).find(([name, { configuration = {} }]) => {
      const { LoggingConfig } = configuration as { LoggingConfig?: { LogGroup: string } };
      return (LoggingConfig?.LogGroup ?? `/aws/lambda/${name.split(':')[0]}`) === logGroupName;
    }) ?? [];
  if (one?.logError) return one.logError;
  const from = Number(nextToken ?? 0);
  const events = (one?.log ?? []).filter(
    ({ timestamp }) => timestamp >= startTime && timestamp <= endTime,
  );
  return {
    events: events.slice(from, from + PAGE).map((event, position) => ({
      eventId: String(from + position).padStart(56, '0'),
      ingestionTime: event.timestamp + 700,
      logStreamName: '2026/11/20/[$LATEST]0123456789abcdef0123456789abcdef',
      ...event,
    })),
    searchedLogStreams: [],
    ...(from + PAGE < events.length && { nextToken: String(from + PAGE) }),
  };
}
