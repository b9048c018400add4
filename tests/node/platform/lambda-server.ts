import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** An answer of Lambda; 200 with an empty object if nothing else is said. */
export interface LambdaAnswer {
  readonly status?: number;
  /** Name of the exception. */
  readonly error?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text is sent as it is. */
  readonly body?: object | string;
}

/** By operation: one answer after the other, the last one again and again. */
export type LambdaAnswers = Readonly<Record<string, readonly [LambdaAnswer, ...LambdaAnswer[]]>>;

export interface LambdaServer {
  readonly url: string;
  /** Operations, each with the JSON of its body, without those that only read. */
  readonly changes: readonly string[];
  /** All operations. */
  readonly calls: readonly string[];
}

/** Paths of the service's model (REST, JSON), without the date. */
const OPERATIONS: readonly (readonly [string, RegExp, string])[] = [
  ['GET', /^functions\/[^/]+$/, 'GetFunction'],
  ['DELETE', /^functions\/[^/]+$/, 'DeleteFunction'],
  ['GET', /^functions\/[^/]+\/configuration$/, 'GetFunctionConfiguration'],
  ['PUT', /^functions\/[^/]+\/configuration$/, 'UpdateFunctionConfiguration'],
  ['PUT', /^functions\/[^/]+\/code$/, 'UpdateFunctionCode'],
  ['GET', /^functions\/[^/]+\/versions$/, 'ListVersionsByFunction'],
  ['POST', /^functions\/[^/]+\/versions$/, 'PublishVersion'],
  ['GET', /^functions\/[^/]+\/aliases\/[^/]+$/, 'GetAlias'],
  ['PUT', /^functions\/[^/]+\/aliases\/[^/]+$/, 'UpdateAlias'],
  ['GET', /^functions\/[^/]+\/concurrency$/, 'GetFunctionConcurrency'],
  ['PUT', /^functions\/[^/]+\/concurrency$/, 'PutFunctionConcurrency'],
  ['DELETE', /^functions\/[^/]+\/concurrency$/, 'DeleteFunctionConcurrency'],
  ['GET', /^functions\/[^/]+\/provisioned-concurrency$/, 'GetProvisionedConcurrencyConfig'],
  ['PUT', /^functions\/[^/]+\/provisioned-concurrency$/, 'PutProvisionedConcurrencyConfig'],
  ['DELETE', /^functions\/[^/]+\/provisioned-concurrency$/, 'DeleteProvisionedConcurrencyConfig'],
  ['POST', /^functions\/[^/]+\/invocations$/, 'Invoke'],
  ['GET', /^event-source-mappings\/[^/]+$/, 'GetEventSourceMapping'],
  ['PUT', /^event-source-mappings\/[^/]+$/, 'UpdateEventSourceMapping'],
];

const NO_PROVISIONED: LambdaAnswer = {
  status: 404,
  error: 'ProvisionedConcurrencyConfigNotFoundException',
};

/** Lambda's API as far as a test gives its answers, until the running test ends. */
export async function startLambdaServer(answers: LambdaAnswers): Promise<LambdaServer> {
  const calls: string[] = [];
  const changes: string[] = [];
  const counts = new Map<string, number>();
  const server = createServer((request, response) => {
    let sent = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      sent += text;
    });
    request.once('end', () => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://lambda');
      const path = pathname.replace(/^\/\d{4}-\d\d-\d\d\//, '').replace(/\/$/, '');
      const operation =
        OPERATIONS.find(([method, form]) => method === request.method && form.test(path))?.[2] ??
        `${request.method} ${path}`;
      const qualifier = searchParams.get('Qualifier');
      const text = [operation, qualifier, sent].filter(Boolean).join(' ');
      calls.push(text);
      if (!/^(Get|List)/.test(operation)) changes.push(text);
      const [key, given] = answersOf(answers, operation, qualifier);
      const nth = counts.get(key) ?? 0;
      counts.set(key, nth + 1);
      const {
        status = 200,
        error,
        headers,
        body = {},
      } = given[Math.min(nth, given.length - 1)] as LambdaAnswer;
      response.writeHead(status, {
        'content-type': 'application/json',
        ...(error !== undefined && { 'x-amzn-errortype': error }),
        ...headers,
      });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, changes, calls };
}

/** Those for one version or alias, as in `GetFunctionConfiguration live`, before those for any. */
function answersOf(answers: LambdaAnswers, operation: string, qualifier: string | null) {
  const own = `${operation} ${qualifier}`;
  if (answers[own] !== undefined) return [own, answers[own]] as const;
  const rest = operation === 'GetProvisionedConcurrencyConfig' ? NO_PROVISIONED : {};
  return [operation, answers[operation] ?? [rest]] as const;
}
