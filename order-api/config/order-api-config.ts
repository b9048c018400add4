import type { LogConfig } from '../emit/log-config.ts';
import type { Architecture } from '../lambda/billing.ts';
import type { Bundle, Runtime } from '../lambda/cold-start.ts';
import type { GatewayKind } from '../lambda/gateway-answers.ts';
import type { StoreChoice } from '../store/open-store.ts';
import { type FaultConfig, NO_FAULTS } from './fault-config.ts';
import type { QueueConfig } from './queue-config.ts';

/** One deployment of the order API on the local platform. */
export interface OrderApiConfig {
  /** 0 picks a free one. */
  readonly port: number;
  readonly store: StoreChoice;
  /** The handler of `POST /orders`: as the notes have it, or as it should be. */
  readonly createOrder: 'optimised' | 'naive';
  /** Where the lines that Lambda would log go, or null for nowhere. */
  readonly logs: LogConfig | null;
  readonly memoryMb: number;
  /** Of the function that creates orders, or null for none. */
  readonly reservedConcurrency: number | null;
  /** Environments that are kept initialised for the function that creates orders. */
  readonly provisionedConcurrency: number;
  /** Shared by all functions. */
  readonly accountConcurrency: number;
  /** CPU time of one call on a whole vCPU. */
  readonly workMs: number;
  /** Waiting time of one call. */
  readonly ioMs: number;
  /** CPU and waiting time of the first call of an environment; null for what the bundle has. */
  readonly firstWorkMs: number | null;
  readonly firstIoMs: number | null;
  readonly runtime: Runtime;
  readonly architecture: Architecture;
  readonly bundle: Bundle;
  /** Median INIT duration of a cold start, and its sigma; null for those of runtime and bundle. */
  readonly initMs: number | null;
  readonly initSigma: number | null;
  readonly idleSeconds: number;
  /** The functions' timeout. */
  readonly timeoutMs: number;
  readonly gateway: GatewayKind;
  /** Requests that the gateway lets through per second, and how many more at once. */
  readonly gatewayRatePerSecond: number;
  readonly gatewayBurst: number;
  /** How long the gateway waits for a function; null for 29 s (REST API) or 30 s (HTTP API). */
  readonly gatewayTimeoutMs: number | null;
  /** What it answers then. */
  readonly gatewayTimeoutStatus: 503 | 504;
  /** What it answers where Lambda refused the call. */
  readonly throttleStatus: number;
  /** Null for no queue: orders are stored while the client waits. */
  readonly queue: QueueConfig | null;
  readonly faults: FaultConfig;
  readonly seed: number;
}

/**
 * A Node function of 1,024 MB after tuning: calls take about 12 ms in the mean, 9 or 17 ms by their CPU
 * quota (work 3.7 ms and I/O 5.2 ms fit measured warm calls with the AWS SDK at 128 to 1,769 MB within
 * 16%), cold starts about 142 ms more (Node 22 on x86, little code to load). API Gateway reports Lambda's throttling as 500.
 */
export const DEFAULT_ORDER_API_CONFIG: OrderApiConfig = {
  port: 0,
  store: { kind: 'dynalite' },
  createOrder: 'optimised',
  logs: null,
  memoryMb: 1024,
  reservedConcurrency: null,
  provisionedConcurrency: 0,
  accountConcurrency: 1000,
  workMs: 3.7,
  ioMs: 5.2,
  firstWorkMs: null,
  firstIoMs: null,
  runtime: 'node22',
  architecture: 'x86',
  bundle: 'hello',
  initMs: null,
  initSigma: null,
  idleSeconds: 600,
  timeoutMs: 30_000,
  gateway: 'http',
  gatewayRatePerSecond: 10_000,
  gatewayBurst: 5_000,
  gatewayTimeoutMs: null,
  gatewayTimeoutStatus: 504,
  throttleStatus: 500,
  queue: null,
  faults: NO_FAULTS,
  seed: 1,
};

/** Why AWS would refuse the concurrency of a deployment, in one line with the remedy; null where not. */
export function concurrencyProblem(config: OrderApiConfig): string | null {
  const { reservedConcurrency, provisionedConcurrency, accountConcurrency } = config;
  if (reservedConcurrency !== null && reservedConcurrency > accountConcurrency) {
    return `reserved concurrency ${reservedConcurrency} is more than the account's ${accountConcurrency}: lower it, or raise --account-concurrency`;
  }
  const most = reservedConcurrency ?? accountConcurrency;
  if (provisionedConcurrency > most) {
    const whose = reservedConcurrency === null ? "the account's" : 'the reserved';
    return `provisioned concurrency ${provisionedConcurrency} is more than ${whose} ${most}: lower it, or raise the other`;
  }
  return null;
}
