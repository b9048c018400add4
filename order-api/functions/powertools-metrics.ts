import { MetricResolution, Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import {
  METRICS_NAMESPACE,
  METRICS_SERVICE,
  type OrderMetrics,
} from '../handlers/order-metrics.ts';

/**
 * Metrics of this execution environment through Powertools: EMF lines on stdout, from which CloudWatch makes metrics.
 * `ColdStart` needs AWS_LAMBDA_INITIALIZATION_TYPE, which Lambda sets. It is counted once per process, so one process
 * is one environment here.
 */
export function powertoolsMetrics(): OrderMetrics {
  const metrics = new Metrics({ namespace: METRICS_NAMESPACE, serviceName: METRICS_SERVICE });
  return {
    started({ functionName }) {
      metrics.captureColdStartMetric(functionName);
    },
    ended({ functionName }, { successful, durationMs }) {
      metrics.addDimension('function_name', functionName);
      if (successful) {
        metrics.addMetric('SuccessfulInvocations', MetricUnit.Count, 1, MetricResolution.High);
      }
      metrics.addMetric(
        'FunctionDuration',
        MetricUnit.Milliseconds,
        durationMs,
        MetricResolution.High,
      );
      metrics.publishStoredMetrics();
    },
  };
}
