import type { OptionSpec } from './option-spec.ts';

/** Which hosts may be load-tested, and how much at most. */
export const GUARD_OPTIONS = {
  allowHosts: {
    flag: '--allow-host <host>',
    env: ['LOAD_ALLOW_HOSTS'],
    inFile: true,
    kind: 'hosts',
    repeatable: true,
    description: 'host that may be load-tested besides loopback: host, host:port or *.example.com',
    default: 'loopback only',
  },
  maxRatePerSecond: {
    flag: '--max-rate <per-second>',
    env: ['LOAD_MAX_RATE'],
    inFile: true,
    kind: 'rate',
    description: 'cap on the peak rate; a run above it is refused',
    default: '1000, on loopback 20000',
  },
  maxRequests: {
    flag: '--max-requests <count>',
    env: ['LOAD_MAX_REQUESTS'],
    inFile: true,
    kind: 'count',
    description: 'cap on the orders of a run; a run above it is refused',
    default: '1000000, on loopback 50000000',
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;
