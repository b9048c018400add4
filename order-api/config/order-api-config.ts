import { type FaultConfig, NO_FAULTS } from './fault-config.ts';
import { FUNCTION_OPTIONS } from './options/function-options.ts';
import { GATEWAY_OPTIONS } from './options/gateway-options.ts';
import { defaultValues, type OptionValues } from './options/option-spec.ts';
import { type LogFormat, START_OPTIONS } from './options/start-options.ts';
import { STORE_OPTIONS } from './options/store-options.ts';
import type { QueueConfig } from './queue-config.ts';

export type StoreChoice =
  | { readonly kind: 'memory' }
  | { readonly kind: 'dynalite' }
  | { readonly kind: 'endpoint'; readonly url: string };

/** Where to write the lines that Lambda would log. */
export interface LogConfig {
  /** A file, which is overwritten; `-` is stdout. */
  readonly path: string;
  readonly format: LogFormat;
}

type FunctionConfig = OptionValues<typeof FUNCTION_OPTIONS>;
type GatewayConfig = OptionValues<typeof GATEWAY_OPTIONS>;

/** One deployment of the order API on the local platform. */
export interface OrderApiConfig extends FunctionConfig, GatewayConfig {
  /** 0 picks a free port. */
  readonly port: number;
  readonly createOrder: OptionValues<typeof STORE_OPTIONS>['createOrder'];
  readonly store: StoreChoice;
  /** Null for no log. */
  readonly logs: LogConfig | null;
  /** Null for no queue: then orders are stored while the client waits. */
  readonly queue: QueueConfig | null;
  readonly faults: FaultConfig;
}

export const DEFAULT_ORDER_API_CONFIG: OrderApiConfig = {
  port: START_OPTIONS.port.default,
  createOrder: STORE_OPTIONS.createOrder.default,
  store: { kind: STORE_OPTIONS.store.default },
  logs: null,
  ...defaultValues(FUNCTION_OPTIONS),
  ...defaultValues(GATEWAY_OPTIONS),
  queue: null,
  faults: NO_FAULTS,
};

/** Why AWS would refuse the concurrency of a deployment, in one line with the remedy; null if it would not. */
export function concurrencyProblem({
  reservedConcurrency,
  provisionedConcurrency,
  accountConcurrency,
}: Pick<FunctionConfig, 'reservedConcurrency' | 'provisionedConcurrency' | 'accountConcurrency'>):
  | string
  | null {
  if (reservedConcurrency !== null && reservedConcurrency > accountConcurrency) {
    return `reserved concurrency ${reservedConcurrency} is more than the account's ${accountConcurrency}: lower it, or raise --account-concurrency`;
  }
  const limit = reservedConcurrency ?? accountConcurrency;
  if (provisionedConcurrency > limit) {
    const whose = reservedConcurrency === null ? "the account's" : 'the reserved';
    return `provisioned concurrency ${provisionedConcurrency} is more than ${whose} ${limit}: lower it, or raise the other`;
  }
  return null;
}
