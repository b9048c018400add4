import { countOf } from '../histogram/count.ts';
import type { Histogram } from '../histogram/histogram.ts';
import { quantile } from '../histogram/quantile.ts';
import { OUTCOMES, type Outcome } from '../order/outcome.ts';
import { increaseOf, isFall } from './cumulative.ts';
import {
  addLatency,
  isOutcome,
  type LatencyCounts,
  resolvedCount,
  servedCount,
  sloLatencyOf,
} from './latency-counts.ts';
import { wasCountedAsStarted } from './not-sent-telemetry.ts';
import type { RunnerAccumulator } from './runner-accumulator.ts';
import { startedIn } from './started-telemetry.ts';
import { PUSH_INTERVAL_MS } from './window-grid.ts';

/** The measured load up to the newest push, all runners together. */
export interface LiveView {
  /** Since the measured scenario started; 0 before. */
  readonly elapsedMs: number;
  readonly started: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly dropped: number;
  /** Orders that were sent again. */
  readonly resent: number;
  /** All HTTP requests of k6, including those of the warm-up; a redirect counts as one more. */
  readonly httpRequests: number;
  /** Latency of stored orders and timeouts. */
  readonly sloLatency: Histogram;
  /** What the newest push of every runner added to the push before. */
  readonly lastSecond: {
    readonly started: number;
    readonly dropped: number;
    readonly resolved: number;
    readonly success: number;
    /** p95 latency of stored orders and timeouts; null if there were none. */
    readonly p95Ms: number | null;
  };
  /**
   * Most orders in flight recently; those of a warm-up while it lasts; or the number of VUs if each order waits in one.
   */
  readonly inFlight: number;
}

/** A runner whose newest push is older than another's by more than this does not count in the last second. */
const SILENT_AFTER_MS = 2.5 * PUSH_INTERVAL_MS;

export function renderLive(runners: readonly RunnerAccumulator[]): LiveView {
  const newestMs = Math.max(...runners.map((runner) => runner.newestPushMs));
  const total: LatencyCounts = new Map();
  const last: LatencyCounts = new Map();
  const sums = {
    started: 0,
    dropped: 0,
    resent: 0,
    httpRequests: 0,
    lastStarted: 0,
    lastDropped: 0,
  };
  const levels: { inFlight: number | null; warmup: number | null; vus: number } = {
    inFlight: null,
    warmup: null,
    vus: 0,
  };
  let startMs = Number.POSITIVE_INFINITY;
  let firstWindowMs = Number.POSITIVE_INFINITY;
  for (const runner of runners) {
    const isCurrent = newestMs - runner.newestPushMs < SILENT_AFTER_MS;
    for (const series of runner.series.values()) {
      const { id, newest } = series;
      if (newest === null) continue;
      const { value } = newest;
      if (id.kind === 'vus' && isCurrent && typeof value === 'number') levels.vus += value;
      if (id.kind === 'inFlight' && isCurrent && typeof value === 'number') {
        const part = id.warmup ? 'warmup' : 'inFlight';
        levels[part] = (levels[part] ?? 0) + value;
      }
      if (id.kind === 'httpRequests' && typeof value === 'number') sums.httpRequests += value;
      if (id.warmup) continue;
      if (id.kind === 'scenarioStartMs' && typeof value === 'number' && value > 0) {
        startMs = Math.min(startMs, value);
      }
      const before = series.beforeNewest?.value;
      const isNew = isCurrent && series.newestPushMs === runner.newestPushMs;
      const increase = before === undefined ? value : increaseOf(value, before);
      sums.started += startedIn(id, value);
      if (isNew && !isFall(increase)) sums.lastStarted += startedIn(id, increase);
      if (typeof value === 'number') {
        if (id.kind === 'dropped' || id.kind === 'resent') sums[id.kind] += value;
        if (isNew && id.kind === 'dropped' && typeof increase === 'number') {
          sums.lastDropped += increase;
        }
      } else if (id.kind === 'notSent') {
        const wasStarted = wasCountedAsStarted(id);
        sums.dropped += countOf(value);
        if (wasStarted) sums.started -= countOf(value);
        if (isNew && typeof increase === 'object' && !isFall(increase)) {
          sums.lastDropped += countOf(increase);
          if (wasStarted) sums.lastStarted -= countOf(increase);
        }
      } else if (id.kind === 'latencyPow8' && isOutcome(id.outcome)) {
        addLatency(total, id.outcome, value);
        if (isNew && typeof increase === 'object' && !isFall(increase)) {
          addLatency(last, id.outcome, increase);
        }
      }
    }
    firstWindowMs = Math.min(firstWindowMs, runner.grid.firstWindowMs ?? firstWindowMs);
  }
  if (!Number.isFinite(startMs)) startMs = firstWindowMs;
  return {
    elapsedMs: Number.isFinite(startMs) ? Math.max(0, newestMs - startMs) : 0,
    started: Math.max(sums.started, resolvedCount(total)),
    outcomes: countsOf(total),
    dropped: sums.dropped,
    resent: sums.resent,
    httpRequests: sums.httpRequests,
    sloLatency: sloLatencyOf(total),
    lastSecond: {
      started: Math.max(0, sums.lastStarted),
      dropped: sums.lastDropped,
      resolved: resolvedCount(last),
      success: servedCount(last),
      p95Ms: quantile(sloLatencyOf(last), 0.95),
    },
    // A loop that has ended keeps its last level, so the level of a warm-up counts only before the load.
    inFlight: levels.inFlight ?? levels.warmup ?? levels.vus,
  };
}

/** Number of orders by outcome, with zeros. */
export function countsOf(latency: LatencyCounts): Record<Outcome, number> {
  const counts = OUTCOMES.map((outcome) => {
    const histogram = latency.get(outcome);
    return [outcome, histogram === undefined ? 0 : countOf(histogram)] as const;
  });
  return Object.fromEntries(counts) as Record<Outcome, number>;
}
