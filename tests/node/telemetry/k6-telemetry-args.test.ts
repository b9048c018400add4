import { describe, expect, it } from 'vitest';
import { k6TelemetryArgs } from '../../../lib/node/telemetry/k6-telemetry-args.ts';

describe('k6TelemetryArgs', () => {
  it('names everything that k6 needs, with the token only in the environment', () => {
    const telemetry = { url: 'http://127.0.0.1:9/api/v1/write', run: 'r1', runner: '2' };
    const { args, env } = k6TelemetryArgs({ ...telemetry, token: 'sesame' });
    expect(args.join(' ')).toBe(
      '--features native-histograms,merge-run-tags --out experimental-prometheus-rw --tag run=r1 --tag runner=2',
    );
    expect(env).toEqual({
      K6_PROMETHEUS_RW_SERVER_URL: telemetry.url,
      K6_PROMETHEUS_RW_PUSH_INTERVAL: '1000ms',
      K6_PROMETHEUS_RW_STALE_MARKERS: 'true',
      K6_PROMETHEUS_RW_BEARER_TOKEN: 'sesame',
    });
    expect(k6TelemetryArgs(telemetry).env).not.toHaveProperty('K6_PROMETHEUS_RW_BEARER_TOKEN');
  });
});
