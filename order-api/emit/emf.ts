import { METRICS_NAMESPACE, METRICS_SERVICE } from '../handlers/order-metrics.ts';

interface Metric {
  readonly name: string;
  readonly unit: 'Count' | 'Milliseconds';
  readonly value: number;
  /** Stored per second instead of per minute. */
  readonly highResolution?: boolean;
}

interface EmfOptions {
  readonly functionName: string;
  readonly timestampMs: number;
  readonly metrics: readonly Metric[];
}

/**
 * Returns one line in CloudWatch's embedded metric format, byte for byte as Powertools prints the same metrics.
 * Powertools itself cannot be used here, because it counts cold starts per process, and here many environments share
 * one.
 */
export function renderEmf({ functionName, timestampMs, metrics }: EmfOptions): string {
  return JSON.stringify({
    _aws: {
      Timestamp: Math.round(timestampMs),
      CloudWatchMetrics: [
        {
          Namespace: METRICS_NAMESPACE,
          Dimensions: [['service', 'function_name']],
          Metrics: metrics.map(({ name, unit, highResolution }) => ({
            Name: name,
            Unit: unit,
            ...(highResolution && { StorageResolution: 1 }),
          })),
        },
      ],
    },
    service: METRICS_SERVICE,
    function_name: functionName,
    ...Object.fromEntries(metrics.map(({ name, value }) => [name, value])),
  });
}
