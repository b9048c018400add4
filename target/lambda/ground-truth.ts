import type { LocalFunction } from './local-function.ts';

/** What the local target itself knows of a run, for tests to hold a report against. */
export interface GroundTruth {
  /** ISO 8601. */
  readonly startedAt: string;
  /** Requests whose head arrived, whatever became of them; without those for this very answer. */
  readonly requests: number;
  /** Answers by HTTP status, counted when they were sent off. */
  readonly byStatus: Readonly<Record<string, number>>;
  /** Requests that are not answered yet. */
  readonly inFlight: number;
  /** Requests whose client went away before it had sent them whole. */
  readonly aborted: number;
  /** Orders by the `x-order-result` of their answer. */
  readonly orderResults: { readonly created: number; readonly duplicate: number };
  /** Orders in the table now, or null when the store does not answer. */
  readonly storedOrders: number | null;
  /** Sums over all functions. */
  readonly invocations: number;
  readonly coldStarts: number;
  readonly throttles: number;
  /** Of the function that creates orders. */
  readonly peakConcurrency: number;
  readonly functions: Readonly<Record<string, ReturnType<LocalFunction['model']['counts']>>>;
}

export interface RequestLog {
  requestArrived(): void;
  answered(statusCode: number, orderResult: string | undefined): void;
  requestAborted(): void;
  read(
    functions: readonly LocalFunction[],
    countStored: () => Promise<number | null>,
  ): Promise<GroundTruth>;
}

export function createRequestLog(startedAt: Date): RequestLog {
  const byStatus: Record<string, number> = {};
  const orderResults = { created: 0, duplicate: 0 };
  let requests = 0;
  let answers = 0;
  let aborted = 0;
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
    async read(functions, countStored) {
      const storedOrders = await countStored();
      const counted = functions.map((f) => [f.name, f.model.counts()] as const);
      const sum = (pick: (counts: (typeof counted)[number][1]) => number) =>
        counted.reduce((total, [, counts]) => total + pick(counts), 0);
      return {
        startedAt: startedAt.toISOString(),
        requests,
        byStatus: { ...byStatus },
        inFlight: requests - answers - aborted,
        aborted,
        orderResults: { ...orderResults },
        storedOrders,
        invocations: sum((counts) => counts.invocations),
        coldStarts: sum((counts) => counts.coldStarts),
        throttles: sum((counts) =>
          Object.values(counts.throttles).reduce((total, count) => total + count, 0),
        ),
        peakConcurrency: counted[0]?.[1].peakConcurrency ?? 0,
        functions: Object.fromEntries(counted),
      };
    },
  };
}
