import type { OptionSpec } from './option-spec.ts';

/** Where the telemetry of a run goes besides its report. */
export const TELEMETRY_OPTIONS = {
  prometheus: {
    flag: '--prometheus <url>',
    env: ['LOAD_PROMETHEUS'],
    inFile: true,
    kind: 'remoteWriteUrl',
    description: 'URL of a Prometheus or Mimir to also send the telemetry to, by remote write',
    default: 'none; the path is /api/v1/write',
  },
  prometheusBearerEnv: {
    flag: '--prometheus-bearer-env <VAR>',
    env: ['LOAD_PROMETHEUS_BEARER_ENV'],
    inFile: true,
    kind: 'envName',
    description: 'environment variable that holds the bearer token of --prometheus',
    default: 'none',
  },
  prometheusHeaders: {
    flag: '--prometheus-header <name=env:VAR>',
    env: ['LOAD_PROMETHEUS_HEADERS'],
    inFile: true,
    kind: 'headers',
    repeatable: true,
    description:
      'header for --prometheus, such as a tenant, with its value from an environment variable',
    default: 'none',
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;
