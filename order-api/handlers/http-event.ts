/** The part of API Gateway's HTTP API event (payload format 2.0) that the handlers and the model use. */
export interface HttpEvent {
  readonly version: '2.0';
  readonly routeKey: string;
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly pathParameters?: Readonly<Record<string, string | undefined>>;
  readonly requestContext: {
    readonly requestId: string;
    readonly timeEpoch: number;
    readonly http: { readonly method: string; readonly path: string };
  };
  readonly body?: string;
  readonly isBase64Encoded: boolean;
}

/** The result of a handler, for API Gateway. */
export interface HttpResult {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The part of Lambda's context object that the handlers use. */
export interface LambdaContext {
  readonly functionName: string;
  readonly memoryLimitInMB: string;
  readonly awsRequestId: string;
}

/** A Lambda function: one event in, one result out. */
export type Handler<E, R> = (event: E, context: LambdaContext) => Promise<R>;

export type HttpHandler = Handler<HttpEvent, HttpResult>;

/** The body of a request as text, however API Gateway encoded it. */
export function bodyOf(event: HttpEvent): string | undefined {
  if (!event.isBase64Encoded || event.body === undefined) return event.body;
  return Buffer.from(event.body, 'base64').toString('utf8');
}

export function isHttpSuccess(result: HttpResult): boolean {
  return result.statusCode < 300;
}

/** Returns a result whose body is `value` as JSON: the contract's messages are JSON strings, including the quotes. */
export function jsonResult(
  statusCode: number,
  value: unknown,
  headers?: Readonly<Record<string, string>>,
): HttpResult {
  return {
    statusCode,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(value),
  };
}
