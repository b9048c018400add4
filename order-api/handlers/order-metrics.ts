import type { Handler, LambdaContext } from './http-event.ts';

/** Name of the metrics' namespace and of their `service` dimension; `function_name` is the other one. */
export const METRICS_NAMESPACE = 'OrderApi';
export const METRICS_SERVICE = 'orders';

/** Where the metrics of one execution environment go. No method throws. */
export interface OrderMetrics {
  /** An invocation begins: the first one of a cold environment counts as `ColdStart`. */
  started(context: LambdaContext): void;
  /** It has ended: `FunctionDuration`, and `SuccessfulInvocations` where it was successful. */
  ended(context: LambdaContext, outcome: InvocationOutcome): void;
}

export interface InvocationOutcome {
  readonly successful: boolean;
  readonly durationMs: number;
}

export interface OrderMetricsOptions<R> {
  readonly metrics: OrderMetrics;
  readonly isSuccess: (result: R) => boolean;
  /** Monotonic clock. */
  readonly nowMs: () => number;
  /** Report no end of an invocation that failed, as the naive handler does. */
  readonly onlySuccess?: boolean;
}

/** Reports every invocation of a handler to the metrics, also when it throws. */
export function withOrderMetrics<E, R>(
  handler: Handler<E, R>,
  { metrics, isSuccess, nowMs, onlySuccess = false }: OrderMetricsOptions<R>,
): Handler<E, R> {
  return async (event, context) => {
    metrics.started(context);
    const startedMs = nowMs();
    let successful = false;
    try {
      const result = await handler(event, context);
      successful = isSuccess(result);
      return result;
    } finally {
      if (successful || !onlySuccess) {
        metrics.ended(context, { successful, durationMs: nowMs() - startedMs });
      }
    }
  };
}
