import type { HttpEvent, HttpHandler, HttpResult, LambdaContext } from '../handlers/http-event.ts';
import { withServerTiming } from '../handlers/server-timing.ts';
import { type DurationModel, remainingMs } from './duration-model.ts';
import type { Environment, PlatformModel, ThrottleReason } from './platform-model.ts';

export interface LocalFunctionOptions {
  readonly name: string;
  readonly model: PlatformModel;
  readonly duration: DurationModel;
  /** The function's code outside the handler: called once per environment. */
  readonly init: () => HttpHandler;
  /** Monotonic clock. */
  readonly nowMs: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

export type Invocation =
  | { readonly kind: 'answered'; readonly result: HttpResult }
  | { readonly kind: 'throttled'; readonly reason: ThrottleReason }
  /** The handler threw. */
  | { readonly kind: 'failed'; readonly error: unknown };

export interface LocalFunction {
  readonly name: string;
  readonly model: PlatformModel;
  invoke(event: HttpEvent): Promise<Invocation>;
}

/** Runs a handler on the platform model: every environment has its own instance of the handler. */
export function createLocalFunction(options: LocalFunctionOptions): LocalFunction {
  const { name, model, duration, nowMs, wait } = options;
  const handlers = new WeakMap<Environment, HttpHandler>();
  const memoryLimitInMB = String(duration.memoryMb);

  const paced = (handler: HttpHandler): HttpHandler => {
    return async (event, context) => {
      const startedMs = nowMs();
      const result = await handler(event, context);
      await wait(remainingMs(duration, nowMs() - startedMs));
      return result;
    };
  };

  const handlerOf = (environment: Environment): HttpHandler => {
    let handler = handlers.get(environment);
    if (handler === undefined) {
      handler = withServerTiming(paced(options.init()), environment, nowMs);
      handlers.set(environment, handler);
    }
    return handler;
  };

  return {
    name,
    model,
    async invoke(event) {
      const placement = model.place();
      if (placement.kind === 'throttled') return placement;
      const { environment } = placement;
      const context: LambdaContext = {
        functionName: name,
        memoryLimitInMB,
        awsRequestId: event.requestContext.requestId,
      };
      try {
        if (placement.kind === 'cold') await wait(environment.initMs);
        return { kind: 'answered', result: await handlerOf(environment)(event, context) };
      } catch (error) {
        return { kind: 'failed', error };
      } finally {
        model.release(environment);
      }
    },
  };
}
