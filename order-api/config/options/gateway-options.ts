import type { OptionTable } from './option-spec.ts';

export const GATEWAY_OPTIONS = {
  gateway: {
    kind: 'choice',
    choices: ['http', 'rest'],
    flag: '--gateway <kind>',
    description: 'kind of API Gateway: HTTP API or REST API',
    default: 'http',
  },
  gatewayRatePerSecond: {
    kind: 'number',
    min: 0.001,
    max: 1_000_000,
    flag: '--gateway-rate <n>',
    description: 'requests per second that the gateway lets through',
    default: 10_000,
  },
  gatewayBurst: {
    kind: 'whole',
    min: 1,
    max: 1_000_000,
    flag: '--gateway-burst <n>',
    description: 'requests that the gateway lets through at once',
    default: 5000,
  },
  gatewayTimeoutMs: {
    kind: 'number',
    min: 1,
    max: 900_000,
    flag: '--gateway-timeout-ms <ms>',
    description: 'how long the gateway waits for a function',
    default: null,
    defaultText: '30000 as HTTP API, 29000 as REST API',
  },
  gatewayTimeoutStatus: {
    kind: 'choice',
    choices: [503, 504],
    flag: '--gateway-timeout-status <code>',
    description: 'what the gateway answers after that time',
    default: 504,
  },
  throttleStatus: {
    kind: 'throttleStatus',
    flag: '--throttle-status <code>',
    description:
      "what the gateway answers where Lambda throttles: 429 (Lambda's own), or 500 to 599 (API Gateway reports 500)",
    default: 500,
  },
} as const satisfies OptionTable;

/** The two kinds of API that API Gateway has for HTTP. */
export type GatewayKind = (typeof GATEWAY_OPTIONS.gateway.choices)[number];
