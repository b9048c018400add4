/** Where and how k6 pushes its metrics. */
export interface K6Telemetry {
  /** URL of the receiver. */
  readonly url: string;
  readonly run: string;
  /** Distinguishes the runners of one run. */
  readonly runner: string;
  readonly pushIntervalMs?: number;
  /** Bearer token for the receiver; passed in the environment, never on a command line. */
  readonly token?: string;
}

/** Arguments and environment with which `k6 run` reports to the receiver. */
export function k6TelemetryArgs({ url, run, runner, pushIntervalMs = 1000, token }: K6Telemetry): {
  readonly args: string[];
  readonly env: Record<string, string>;
} {
  return {
    args: [
      // Without merge-run-tags, --tag would replace the script's own tags.
      '--features',
      'native-histograms,merge-run-tags',
      '--out',
      'experimental-prometheus-rw',
      '--tag',
      `run=${run}`,
      '--tag',
      `runner=${runner}`,
    ],
    env: {
      K6_PROMETHEUS_RW_SERVER_URL: url,
      K6_PROMETHEUS_RW_PUSH_INTERVAL: `${pushIntervalMs}ms`,
      K6_PROMETHEUS_RW_STALE_MARKERS: 'true',
      ...(token === undefined ? {} : { K6_PROMETHEUS_RW_BEARER_TOKEN: token }),
    },
  };
}
