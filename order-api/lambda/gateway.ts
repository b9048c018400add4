import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { GatewayKind } from '../config/options/gateway-options.ts';
import type { HttpEvent, HttpResult } from '../handlers/http-event.ts';
import {
  gatewayAnswer,
  gatewayThrottleAnswer,
  gatewayTimeoutAnswer,
  JSON_HEADERS,
  requestIdHeaders,
  throttleAnswer,
} from './gateway-answers.ts';
import type { GroundTruth, RequestLog } from './ground-truth.ts';
import type { LocalFunction } from './local-function.ts';
import type { StartTimer } from './machine.ts';
import { readBody } from './read-body.ts';
import { matchRoute, type Route } from './routes.ts';
import type { TokenBucket } from './token-bucket.ts';

export interface GatewayOptions {
  readonly kind: GatewayKind;
  readonly routes: readonly Route[];
  readonly log: RequestLog;
  readonly truth: () => Promise<GroundTruth>;
  /** Serves every path below `/__control`; null if it is switched off. */
  readonly control: ((request: IncomingMessage, response: ServerResponse) => void) | null;
  /** Status that a client sees when Lambda refuses a call. */
  readonly throttleStatus: number;
  /** Token bucket for the gateway's own request limit. */
  readonly requests: TokenBucket;
  /** How long the gateway waits for a function, and the status of its response then. */
  readonly timeout: {
    readonly ms: number;
    readonly status: number;
    readonly startTimer: StartTimer;
  };
  /** Called before the response to an accepted order; true if that response is lost. */
  readonly dropsResponse?: (() => boolean) | undefined;
  readonly onError: (error: unknown) => void;
}

/** Lambda's limit for the payload of a synchronous call, in both directions. */
const MAX_PAYLOAD_BYTES = 6 * 1024 * 1024;
/** Longer than any pause between two stages of a load, so no connection is closed during one. */
const KEEP_ALIVE_MS = 600_000;
/** How long API Gateway waits for a function: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
export const GATEWAY_TIMEOUT_MS: Readonly<Record<GatewayKind, number>> = {
  http: 30_000,
  rest: 29_000,
};
const TRUTH_PATH = '/__truth';
const CONTROL_PATH = /^\/__control(?=[/?]|$)/;

const NOT_FOUND = gatewayAnswer(404, 'Not Found');
const METHOD_NOT_ALLOWED = gatewayAnswer(405, 'Method Not Allowed');
const TOO_LARGE = gatewayAnswer(413, 'Request Entity Too Large');
/** Status and body with which the gateway reports an error of the function. */
const FUNCTION_ERROR = gatewayAnswer(502, 'Internal server error');

/** API Gateway: HTTP in, one call of a function per routed request, HTTP out. The server does not listen yet. */
export function createGateway(options: GatewayOptions): Server {
  const { kind, routes, log, timeout, dropsResponse } = options;

  function send(response: ServerResponse, result: HttpResult, requestId: string): void {
    log.answered(result.statusCode, result.headers['x-order-result']);
    write(response, result, requestIdHeaders(kind, requestId));
  }

  async function invoke(lambda: LocalFunction, event: HttpEvent): Promise<HttpResult> {
    const invocation = await lambda.invoke(event);
    switch (invocation.kind) {
      case 'answered':
        return Buffer.byteLength(invocation.result.body) > MAX_PAYLOAD_BYTES
          ? FUNCTION_ERROR
          : invocation.result;
      case 'throttled':
        return throttleAnswer(kind, options.throttleStatus, invocation);
      case 'timedOut':
        return FUNCTION_ERROR;
      case 'failed':
        options.onError(invocation.error);
        return FUNCTION_ERROR;
    }
  }

  function call(lambda: LocalFunction, response: ServerResponse, event: HttpEvent): void {
    const { requestId } = event.requestContext;
    let answered = false;
    const answer = (result: HttpResult) => {
      if (answered) return;
      answered = true;
      cancel();
      if (dropsResponse !== undefined && isOrderAccepted(event, result) && dropsResponse()) {
        log.responseDropped();
        response.destroy();
        return;
      }
      send(response, result, requestId);
    };
    const cancel = timeout.startTimer(timeout.ms, () => {
      log.gatewayTimedOut();
      answer(gatewayTimeoutAnswer(kind, timeout.status));
    });
    invoke(lambda, event).then(answer, (error: unknown) => {
      options.onError(error);
      answer(FUNCTION_ERROR);
    });
  }

  function sendTruth(response: ServerResponse): void {
    options.truth().then(
      (truth) =>
        write(response, { statusCode: 200, headers: JSON_HEADERS, body: JSON.stringify(truth) }),
      (error: unknown) => {
        options.onError(error);
        write(response, gatewayAnswer(500, 'Internal server error'));
      },
    );
  }

  function handle(request: IncomingMessage, response: ServerResponse): void {
    const url = request.url ?? '/';
    if (url === TRUTH_PATH && request.method === 'GET') {
      sendTruth(response);
      return;
    }
    if (options.control !== null && CONTROL_PATH.test(url)) {
      options.control(request, response);
      return;
    }
    log.requestArrived();
    const requestId = randomUUID();
    const queryStart = url.indexOf('?');
    const path = queryStart === -1 ? url : url.slice(0, queryStart);
    const match = matchRoute(routes, request.method ?? 'GET', path);
    if (match.kind !== 'found') {
      request.resume();
      send(response, match.kind === 'notFound' ? NOT_FOUND : METHOD_NOT_ALLOWED, requestId);
      return;
    }
    readBody(request, MAX_PAYLOAD_BYTES, (body) => {
      if (body === 'aborted') {
        log.requestAborted();
      } else if (body === 'tooLarge') {
        send(response, TOO_LARGE, requestId);
      } else if (!options.requests.tryTake()) {
        log.gatewayThrottled();
        send(response, gatewayThrottleAnswer(kind), requestId);
      } else {
        const event: HttpEvent = {
          version: '2.0',
          routeKey: match.route.key,
          rawPath: path,
          rawQueryString: queryStart === -1 ? '' : url.slice(queryStart + 1),
          headers: request.headers as Record<string, string>,
          pathParameters: match.parameters,
          requestContext: {
            requestId,
            timeEpoch: Date.now(),
            http: { method: match.route.method, path },
          },
          body: body.text,
          isBase64Encoded: false,
        };
        call(match.route.lambda, response, event);
      }
    });
  }

  return createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, handle);
}

function isOrderAccepted(event: HttpEvent, { statusCode }: HttpResult): boolean {
  return event.requestContext.http.method === 'POST' && statusCode < 300;
}

function write(
  response: ServerResponse,
  result: HttpResult,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(result.statusCode, {
    ...result.headers,
    ...headers,
    'content-length': Buffer.byteLength(result.body),
  });
  // A string leaves in one piece with the head; a buffer would take a second one.
  response.end(result.body);
}
