import { PRICE_LIST, type PriceList } from './price-list.ts';

/** Taken for the handler's duration in ms and the function's memory in MB where they are not known. */
const ASSUMED_HANDLER_MS = 50;
const ASSUMED_MEMORY_MB = 512;

export interface CostItem {
  readonly name: string;
  readonly quantity: number;
  readonly unit: string;
  readonly unitPriceUsd: number;
  readonly usd: number;
}

/** A price with the items that it is made of, and what was assumed because it was not known. */
export interface CostEstimate {
  readonly orders: number;
  readonly totalUsd: number;
  readonly items: readonly CostItem[];
  readonly assumptions: readonly string[];
}

export interface BillableLoad {
  /** Orders that reach the API, warm-up and second sends included. */
  readonly orders: number;
  /** Orders of them that run the function; the rest was refused before it. */
  readonly invocations: number;
  /** Orders of them that are written to the table. */
  readonly writes: number;
  /** Mean duration of the handler in ms, or null when unknown. */
  readonly handlerMs: number | null;
  /** Memory of the function in MB, or null when unknown. */
  readonly memoryMb: number | null;
  readonly gateway: 'http' | 'rest';
}

/**
 * What orders cost on AWS: API Gateway request, Lambda request and memory-time, one DynamoDB write
 * unit per order. Data transfer, logs and retries inside the API are not in it.
 */
export function estimateCost(load: BillableLoad, prices: PriceList = PRICE_LIST): CostEstimate {
  const handlerMs = load.handlerMs ?? ASSUMED_HANDLER_MS;
  const memoryMb = load.memoryMb ?? ASSUMED_MEMORY_MB;
  const gbSeconds = load.invocations * (memoryMb / 1024) * (handlerMs / 1000);
  const rest = load.gateway === 'rest';
  const items = [
    item(
      rest ? 'API Gateway (REST API)' : 'API Gateway (HTTP API)',
      load.orders,
      'requests',
      rest ? prices.restApiRequest : prices.httpApiRequest,
    ),
    item('Lambda requests', load.invocations, 'requests', prices.lambdaRequest),
    item('Lambda memory-time (x86)', gbSeconds, 'GB-s', prices.lambdaGbSecond.x86),
    item('DynamoDB on-demand writes', load.writes, 'write units', prices.dynamoDbWrite),
  ];
  return {
    orders: load.orders,
    totalUsd: items.reduce((sum, { usd }) => sum + usd, 0),
    items,
    assumptions: [
      ...(load.handlerMs === null ? [`a handler of ${ASSUMED_HANDLER_MS} ms on average`] : []),
      ...(load.memoryMb === null ? [`a function of ${ASSUMED_MEMORY_MB} MB`] : []),
      'orders of at most 1 KB, so one write unit each',
      'no free tier, data transfer or logs',
    ],
  };
}

/** Cost of a plan if every order is stored; a second send costs as much as the first. */
export function estimatePlannedCost(
  plan: {
    readonly plannedOrders: number;
    readonly resentOrders: number;
    readonly warmupOrders: number;
  },
  target: Pick<BillableLoad, 'memoryMb' | 'gateway'>,
): CostEstimate {
  const orders = Math.round(plan.plannedOrders + plan.resentOrders + plan.warmupOrders);
  return estimateCost({ orders, invocations: orders, writes: orders, handlerMs: null, ...target });
}

function item(name: string, quantity: number, unit: string, unitPriceUsd: number) {
  return { name, quantity, unit, unitPriceUsd, usd: quantity * unitPriceUsd };
}
