import { type HttpHandler, isHttpSuccess } from '../handlers/http-event.ts';
import { withOrderMetrics } from '../handlers/order-metrics.ts';
import { withServerTiming } from '../handlers/server-timing.ts';
import { nowMs, readEnvironmentInfo } from './environment.ts';
import { powertoolsMetrics } from './powertools-metrics.ts';

/** Adds to a deployed handler of the API what all of them need: metrics, and the headers of the environment. */
export function asHttpFunction(
  handler: HttpHandler,
  options: { readonly onlySuccess?: boolean } = {},
): HttpHandler {
  const counted = withOrderMetrics(handler, {
    metrics: powertoolsMetrics(),
    isSuccess: isHttpSuccess,
    nowMs,
    ...options,
  });
  return withServerTiming(counted, readEnvironmentInfo(), nowMs);
}
