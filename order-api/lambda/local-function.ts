import type { HttpEvent, HttpResult } from '../handlers/http-event.ts';
import { withServerTiming } from '../handlers/server-timing.ts';
import {
  createFunctionRuntime,
  type FunctionRuntime,
  type FunctionRuntimeOptions,
  type Invocation,
} from './function-runtime.ts';

export interface LocalFunction extends Omit<FunctionRuntime<HttpEvent, HttpResult>, 'invoke'> {
  /** The request's own id, unless another is given. */
  invoke(event: HttpEvent, requestId?: string): Promise<Invocation<HttpResult>>;
}

/** A function behind the gateway. Its responses show whether they were cold and how long they took. */
export function createLocalFunction(
  options: Omit<FunctionRuntimeOptions<HttpEvent, HttpResult>, 'decorate'>,
): LocalFunction {
  const runtime = createFunctionRuntime<HttpEvent, HttpResult>({
    ...options,
    decorate: (handler, environment) =>
      withServerTiming(handler, environment, options.machine.nowMs),
  });
  return {
    ...runtime,
    invoke: (event, requestId = event.requestContext.requestId) => runtime.invoke(event, requestId),
  };
}
