import type { Handler, LambdaContext } from './http-event.ts';

/** Namespace of the metrics, and value of their `service` dimension; the other dimension is `function_name`. */
export const METRICS_NAMESPACE = 'OrderApi';
export const METRICS_SERVICE = 'orders';

/** Takes the metrics of one execution environment. No method throws. */
export interface OrderMetrics {
  /** An invocation begins. The first one of a cold environment counts as `ColdStart`. */
  started(context: LambdaContext): void;
  /** An invocation has ended: `FunctionDuration`, and `SuccessfulInvocations` if it was successful. */
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
  /** Do not report the end of an invocation that failed, as the naive handler does. */
  readonly onlySuccess?: boolean;
}

/** Reports every invocation of a handler to the metrics, even if it throws. */
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
