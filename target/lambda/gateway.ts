import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { HttpEvent, HttpResult } from '../handlers/http-event.ts';
import type { GroundTruth, RequestLog } from './ground-truth.ts';
import type { LocalFunction } from './local-function.ts';
import { matchRoute, type Route } from './routes.ts';
import { throttleResult } from './throttle-result.ts';

export interface GatewayOptions {
  readonly routes: readonly Route[];
  readonly log: RequestLog;
  readonly truth: () => Promise<GroundTruth>;
  /** Status that a client sees when Lambda refuses a call. */
  readonly throttleStatus: number;
  readonly onError: (error: unknown) => void;
}

/** Lambda's limit for the payload of a synchronous call. */
const MAX_BODY_BYTES = 6 * 1024 * 1024;
/** Longer than any pause between two stages of a load, so that connections are never closed under it. */
const KEEP_ALIVE_MS = 600_000;
const TRUTH_PATH = '/__truth';
const JSON_HEADERS = { 'content-type': 'application/json' };

const gatewayResult = (statusCode: number, message: string): HttpResult => ({
  statusCode,
  headers: JSON_HEADERS,
  body: JSON.stringify({ message }),
});

const NOT_FOUND = gatewayResult(404, 'Not Found');
const METHOD_NOT_ALLOWED = gatewayResult(405, 'Method Not Allowed');

/** API Gateway's side: HTTP in, one call of a function per routed request, HTTP out. Not yet listening. */
export function createGateway(options: GatewayOptions): Server {
  const { routes, log } = options;

  function send(response: ServerResponse, result: HttpResult): void {
    log.answered(result.statusCode, result.headers['x-order-result']);
    write(response, result);
  }

  async function call(
    lambda: LocalFunction,
    response: ServerResponse,
    event: HttpEvent,
  ): Promise<void> {
    const invocation = await lambda.invoke(event);
    switch (invocation.kind) {
      case 'answered':
        send(response, invocation.result);
        return;
      case 'throttled':
        send(response, throttleResult(options.throttleStatus, invocation.reason));
        return;
      case 'failed':
        options.onError(invocation.error);
        // Status and body by which the gateway reports an error of the function.
        send(response, gatewayResult(502, 'Internal server error'));
    }
  }

  function handle(request: IncomingMessage, response: ServerResponse): void {
    const url = request.url ?? '/';
    if (url === TRUTH_PATH && request.method === 'GET') {
      options.truth().then(
        (truth) =>
          write(response, { statusCode: 200, headers: JSON_HEADERS, body: JSON.stringify(truth) }),
        (error: unknown) => {
          options.onError(error);
          write(response, gatewayResult(500, 'Internal server error'));
        },
      );
      return;
    }
    log.requestArrived();
    const queryStart = url.indexOf('?');
    const path = queryStart === -1 ? url : url.slice(0, queryStart);
    const match = matchRoute(routes, request.method ?? 'GET', path);
    if (match.kind !== 'found') {
      request.resume();
      send(response, match.kind === 'notFound' ? NOT_FOUND : METHOD_NOT_ALLOWED);
      return;
    }
    readBody(request, (body) => {
      if (body === 'aborted') {
        log.requestAborted();
      } else if (body === 'tooLarge') {
        send(response, gatewayResult(413, 'Request Entity Too Large'));
      } else {
        const event: HttpEvent = {
          version: '2.0',
          routeKey: match.route.key,
          rawPath: path,
          rawQueryString: queryStart === -1 ? '' : url.slice(queryStart + 1),
          headers: request.headers as Record<string, string>,
          pathParameters: match.parameters,
          requestContext: {
            requestId: randomUUID(),
            timeEpoch: Date.now(),
            http: { method: match.route.method, path },
          },
          body: body.text,
          isBase64Encoded: false,
        };
        void call(match.route.lambda, response, event);
      }
    });
  }

  return createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, handle);
}

function write(response: ServerResponse, result: HttpResult): void {
  const body = Buffer.from(result.body);
  response.writeHead(result.statusCode, { ...result.headers, 'content-length': body.length });
  response.end(body);
}

type Body = { readonly text: string } | 'tooLarge' | 'aborted';

/** Calls `done` once. */
function readBody(request: IncomingMessage, done: (body: Body) => void): void {
  const chunks: Buffer[] = [];
  let length = 0;
  let settled = false;
  const settle = (body: Body) => {
    if (settled) return;
    settled = true;
    done(body);
  };
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= MAX_BODY_BYTES) chunks.push(chunk);
    else settle('tooLarge');
  });
  request.on('end', () => {
    const whole = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, length);
    settle({ text: whole?.toString('utf8') ?? '' });
  });
  request.on('close', () => settle('aborted'));
}
