import type { Architecture } from '../lambda/platform-control.ts';
import { PRICE_LIST, type PriceList } from './price-list.ts';

/** Taken for the handler's duration in ms, the function's memory in MB and its processor where they are not known. */
const ASSUMED_HANDLER_MS = 50;
const ASSUMED_MEMORY_MB = 512;
const ASSUMED_ARCHITECTURE: Architecture = 'x86';

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

/** What is known of the function that takes the orders; null is unknown. */
export interface BillableFunction {
  /** Mean duration of the handler in ms. */
  readonly handlerMs: number | null;
  /** INIT of all its cold starts together, in ms. */
  readonly initMs: number | null;
  readonly memoryMb: number | null;
  readonly architecture: Architecture | null;
  /** Billed memory-time of all its calls in GB-s, as the platform counted it; it replaces handler, INIT and memory. */
  readonly billedGbSeconds: number | null;
}

export interface BillableLoad extends BillableFunction {
  /** Orders that reach the API, warm-up and second sends included. */
  readonly orders: number;
  /** Orders of them that run the function; the rest was refused before it. */
  readonly invocations: number;
  /** Orders of them that are written to the table. */
  readonly writes: number;
  readonly gateway: 'http' | 'rest';
}

/**
 * What orders cost on AWS: API Gateway request, Lambda request and memory-time (INIT is billed too, since 1 August 2025),
 * one DynamoDB write unit per order. Data transfer, logs and retries inside the API are not in it.
 */
export function estimateCost(load: BillableLoad, prices: PriceList = PRICE_LIST): CostEstimate {
  const architecture = load.architecture ?? ASSUMED_ARCHITECTURE;
  const rest = load.gateway === 'rest';
  const items = [
    item(
      rest ? 'API Gateway (REST API)' : 'API Gateway (HTTP API)',
      load.orders,
      'requests',
      rest ? prices.restApiRequest : prices.httpApiRequest,
    ),
    item('Lambda requests', load.invocations, 'requests', prices.lambdaRequest),
    item(
      `Lambda memory-time (${architecture})`,
      load.billedGbSeconds ?? estimatedGbSeconds(load),
      'GB-s',
      prices.lambdaGbSecond[architecture],
    ),
    item('DynamoDB on-demand writes', load.writes, 'write units', prices.dynamoDbWrite),
  ];
  return {
    orders: load.orders,
    totalUsd: items.reduce((sum, { usd }) => sum + usd, 0),
    items,
    assumptions: [
      ...assumedOfFunction(load),
      'orders of at most 1 KB, so one write unit each',
      'no free tier, data transfer or logs',
    ],
  };
}

function estimatedGbSeconds(load: BillableLoad): number {
  const handlerMs = load.handlerMs ?? ASSUMED_HANDLER_MS;
  const memoryMb = load.memoryMb ?? ASSUMED_MEMORY_MB;
  return ((load.invocations * handlerMs + (load.initMs ?? 0)) / 1000) * (memoryMb / 1024);
}

/** What an estimate takes for what is not known of the function, one phrase each. */
export function assumedOfFunction(one: BillableFunction): readonly string[] {
  const isBilled = one.billedGbSeconds !== null;
  return [
    ...(isBilled || one.handlerMs !== null
      ? []
      : [`a handler of ${ASSUMED_HANDLER_MS} ms on average`]),
    ...(isBilled || one.memoryMb !== null ? [] : [`a function of ${ASSUMED_MEMORY_MB} MB`]),
    ...(one.architecture === null ? [`the price of ${ASSUMED_ARCHITECTURE}`] : []),
    ...(isBilled || one.initMs !== null ? [] : ['no INIT of cold starts']),
  ];
}

/** Of a function, before a load. */
export const NOT_MEASURED = { handlerMs: null, initMs: null, billedGbSeconds: null } as const;

/** Cost of a plan if every order is stored; a second send costs as much as the first. */
export function estimatePlannedCost(
  plan: {
    readonly plannedOrders: number;
    readonly resentOrders: number;
    readonly warmupOrders: number;
  },
  target: Pick<BillableLoad, 'memoryMb' | 'architecture' | 'gateway'>,
): CostEstimate {
  const orders = Math.round(plan.plannedOrders + plan.resentOrders + plan.warmupOrders);
  return estimateCost({ orders, invocations: orders, writes: orders, ...NOT_MEASURED, ...target });
}

function item(name: string, quantity: number, unit: string, unitPriceUsd: number) {
  return { name, quantity, unit, unitPriceUsd, usd: quantity * unitPriceUsd };
}
