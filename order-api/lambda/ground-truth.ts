import type { Bill, PricedSettings } from './billing.ts';
import type { ConcurrencyOverTime, PeaksOverTime } from './concurrency-series.ts';
import type { PlatformCounts, ThrottleCause, ThrottleReason } from './platform-model.ts';

/** Counts of the local order API itself during a run, so tests can check a report against them. */
export interface GroundTruth {
  /** ISO 8601. */
  readonly startedAt: string;
  /** Requests whose head arrived, whatever the result; requests for `/__truth` do not count. */
  readonly requests: number;
  /** Responses by HTTP status, counted when they were sent. */
  readonly byStatus: Readonly<Record<string, number>>;
  /** Requests without a response so far. */
  readonly inFlight: number;
  /** Requests whose client disconnected before it had sent all of them. */
  readonly aborted: number;
  /** Responses that a fault kept from their client; excluded from all other figures. */
  readonly dropped: number;
  /** Orders by the `x-order-result` of their response. */
  readonly orderResults: { readonly created: number; readonly duplicate: number };
  /** Orders in the table now, or null if the store does not respond. */
  readonly storedOrders: number | null;
  /** Sums over all functions. */
  readonly invocations: number;
  readonly coldStarts: number;
  /** Calls that Lambda refused; those that the gateway refused are not included. */
  readonly throttles: number;
  readonly throttlesByReason: Readonly<Partial<Record<ThrottleReason, number>>>;
  readonly throttlesByCause: Readonly<Partial<Record<ThrottleCause, number>>>;
  /** Requests that the gateway refused, and those that it gave up on while their function ran. */
  readonly gatewayThrottles: number;
  readonly gatewayTimeouts: number;
  /** Invocations in provisioned environments, and invocations that spilled over from them. */
  readonly provisionedInvocations: number;
  readonly provisionedSpillovers: number;
  /** US dollars for Lambda alone; the cost of each function is in `functions`. */
  readonly lambdaUsd: number;
  /** Of the function that creates orders. */
  readonly peakConcurrency: number;
  /** Of the function that creates orders, since `startedAt`. */
  readonly concurrency: ConcurrencyOverTime;
  readonly functions: Readonly<Record<string, FunctionTruth>>;
}

export interface FunctionTruth extends PlatformCounts {
  readonly bill: Bill;
  /** As they are now; `bill` also has what was used with earlier ones. */
  readonly settings: PricedSettings;
  /** Highest "Max Memory Used" of the invocations that ended in each bucket, in MB. */
  readonly memoryUsedOverTime: PeaksOverTime;
}

/** The part of a function that the log reads. */
export interface CountedFunction {
  readonly name: string;
  readonly model: { counts(): PlatformCounts };
  bill(): Bill;
  settings(): PricedSettings;
  memoryUsed(): PeaksOverTime;
}

export interface RequestLog {
  requestArrived(): void;
  answered(statusCode: number, orderResult: string | undefined): void;
  requestAborted(): void;
  responseDropped(): void;
  gatewayThrottled(): void;
  gatewayTimedOut(): void;
  /** The first function must be the one that creates orders. */
  read(
    functions: readonly [CountedFunction, ...CountedFunction[]],
    countStored: () => Promise<number | null>,
  ): Promise<GroundTruth>;
}

export function createRequestLog(startedAt: Date): RequestLog {
  const byStatus: Record<string, number> = {};
  const orderResults = { created: 0, duplicate: 0 };
  let requests = 0;
  let answers = 0;
  let aborted = 0;
  let dropped = 0;
  let gatewayThrottles = 0;
  let gatewayTimeouts = 0;
  return {
    requestArrived() {
      requests += 1;
    },
    answered(statusCode, orderResult) {
      answers += 1;
      byStatus[statusCode] = (byStatus[statusCode] ?? 0) + 1;
      if (orderResult === 'created' || orderResult === 'duplicate') orderResults[orderResult] += 1;
    },
    requestAborted() {
      aborted += 1;
    },
    responseDropped() {
      dropped += 1;
    },
    gatewayThrottled() {
      gatewayThrottles += 1;
    },
    gatewayTimedOut() {
      gatewayTimeouts += 1;
    },
    async read(functions, countStored) {
      const storedOrders = await countStored();
      const count = (f: CountedFunction): FunctionTruth => ({
        ...f.model.counts(),
        bill: f.bill(),
        settings: f.settings(),
        memoryUsedOverTime: f.memoryUsed(),
      });
      const [first, ...others] = functions;
      const orders = count(first);
      const functionCounts = [orders, ...others.map(count)];
      const sum = (pick: (counts: FunctionTruth) => number) =>
        functionCounts.reduce((total, counts) => total + pick(counts), 0);
      const throttlesByReason = addUp(functionCounts.map((counts) => counts.throttles));
      return {
        startedAt: startedAt.toISOString(),
        requests,
        byStatus: { ...byStatus },
        inFlight: requests - answers - aborted - dropped,
        aborted,
        dropped,
        orderResults: { ...orderResults },
        storedOrders,
        invocations: sum((counts) => counts.invocations),
        coldStarts: sum((counts) => counts.coldStarts),
        throttles: Object.values(throttlesByReason).reduce((total, count) => total + count, 0),
        throttlesByReason,
        throttlesByCause: addUp(functionCounts.map((counts) => counts.throttlesByCause)),
        gatewayThrottles,
        gatewayTimeouts,
        provisionedInvocations: sum((counts) => counts.provisionedInvocations),
        provisionedSpillovers: sum((counts) => counts.provisionedSpillovers),
        lambdaUsd: sum((counts) => counts.bill.usd),
        peakConcurrency: orders.peakConcurrency,
        concurrency: orders.concurrency,
        functions: Object.fromEntries(
          functions.map(({ name }, index) => [name, functionCounts[index] ?? orders]),
        ),
      };
    },
  };
}

function addUp<K extends string>(
  counts: readonly Readonly<Partial<Record<K, number>>>[],
): Partial<Record<K, number>> {
  const total: Partial<Record<K, number>> = {};
  for (const part of counts) {
    for (const key of Object.keys(part) as K[]) total[key] = (total[key] ?? 0) + (part[key] ?? 0);
  }
  return total;
}
