import type { HttpHandler } from './http-event.ts';

/** What an execution environment knows about itself at the end of its INIT phase. */
export interface EnvironmentInfo {
  readonly id: string;
  readonly initMs: number;
  /** No client waits for the INIT of a provisioned environment, so it never reports a cold start. */
  readonly initializationType?: 'on-demand' | 'provisioned-concurrency';
}

/**
 * Adds `Server-Timing` and `x-environment-id` to every response of an environment's handler, so a client sees cold
 * starts and the function's own time. `cold` and `init` are only on the first response. `nowMs` is a monotonic clock.
 */
export function withServerTiming(
  handler: HttpHandler,
  environment: EnvironmentInfo,
  nowMs: () => number,
): HttpHandler {
  let cold = environment.initializationType !== 'provisioned-concurrency';
  return async (event, context) => {
    const prefix = cold ? `cold;desc=1, init;dur=${environment.initMs.toFixed(2)}, ` : '';
    cold = false;
    const startedMs = nowMs();
    const result = await handler(event, context);
    return {
      ...result,
      headers: {
        ...result.headers,
        'server-timing': `${prefix}handler;dur=${(nowMs() - startedMs).toFixed(2)}`,
        'x-environment-id': environment.id,
      },
    };
  };
}
