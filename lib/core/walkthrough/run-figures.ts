import type { Report } from '../report/schema/report-schema.ts';

/** The part of a run's `target-truth.json` that the walkthrough shows. */
export interface KeptTruth {
  /** From the end of the load to the empty queue; null where it was not in time. */
  readonly drainMs: number | null;
  readonly truth: {
    readonly storedOrders: number | null;
    readonly coldStarts: number;
    readonly peakConcurrency: number;
    readonly lambdaUsd: number;
    readonly queue: {
      readonly batches: number;
      readonly acceptedToStoredMs: Readonly<Record<'p50' | 'p95' | 'max', number | null>>;
    } | null;
  };
}

/** What the walkthrough shows of one run; null for what this run does not have. */
export interface RunFigures {
  readonly verdict: 'pass' | 'fail' | 'invalid';
  readonly offered: number;
  /** Answered as stored or, by the queue, as accepted. */
  readonly successRatio: number | null;
  readonly throttled: number;
  readonly serverErrors: number;
  readonly duplicates: number;
  /** Orders in the table at the end, by the target's own count. */
  readonly stored: number | null;
  /** Of the answers that were successes. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly slowestMs: number | null;
  /** Mean time that the handler was busy with an order, as it stated it. */
  readonly handlerMeanMs: number | null;
  readonly coldStarts: number;
  /** Orders in work at once at most; null where none was created while its client waited. */
  readonly peakConcurrency: number | null;
  /** Lambda's bill, all functions, INIT included. */
  readonly lambdaUsdPerMillionStored: number | null;
  /** Orders offered in each second or so of the run. */
  readonly offeredPerWindow: readonly { readonly seconds: number; readonly offered: number }[];
  readonly queue: {
    readonly batches: number;
    readonly storedP50Ms: number | null;
    readonly storedP95Ms: number | null;
    readonly storedSlowestMs: number | null;
    /** From the end of the load to the empty queue; null where it was not in time. */
    readonly drainMs: number | null;
  } | null;
}

export function runFigures(report: Report, { truth, drainMs }: KeptTruth): RunFigures {
  const { requests, latencyMs, lambda, run, windows } = report;
  const { outcomes } = requests;
  const stored = truth.storedOrders;
  return {
    verdict: run.verdict,
    offered: requests.offered,
    successRatio: requests.successRatio,
    throttled: outcomes.throttled,
    serverErrors: outcomes.serverError,
    duplicates: outcomes.duplicate,
    stored,
    p50Ms: latencyMs.success.p50,
    p95Ms: latencyMs.success.p95,
    slowestMs: latencyMs.success.max,
    handlerMeanMs: lambda.handlerMs?.mean ?? null,
    coldStarts: truth.coldStarts,
    peakConcurrency: truth.peakConcurrency === 0 ? null : truth.peakConcurrency,
    lambdaUsdPerMillionStored:
      stored === null || stored === 0 ? null : (truth.lambdaUsd / stored) * 1e6,
    offeredPerWindow: windows.map((w) => ({ seconds: w.lengthMs / 1000, offered: w.offered })),
    queue: truth.queue && {
      batches: truth.queue.batches,
      storedP50Ms: truth.queue.acceptedToStoredMs.p50,
      storedP95Ms: truth.queue.acceptedToStoredMs.p95,
      storedSlowestMs: truth.queue.acceptedToStoredMs.max,
      drainMs,
    },
  };
}

/**
 * Highest success that `limit` environments can give, by Little's law: each serves one order per
 * `handlerMeanMs`, and what is refused does not come again. Null where nothing was served.
 */
export function successBound(figures: RunFigures, limit: number): number | null {
  if (figures.handlerMeanMs === null || figures.offered === 0) return null;
  const perSecond = (limit * 1000) / figures.handlerMeanMs;
  const served = figures.offeredPerWindow.reduce(
    (sum, { seconds, offered }) => sum + Math.min(offered, perSecond * seconds),
    0,
  );
  return Math.min(1, served / figures.offered);
}
