import { type HistoryEntry, historyEntryOf } from '../history/history-entry.ts';
import { LATENCY_METRICS, type LatencyMetric, QUANTILES } from '../history/latency-metric.ts';
import type { Report } from '../report/schema/report-schema.ts';
import { judgedLatency } from '../report/thresholds.ts';
import { judgedLatencyMs, runLevel } from '../trend/trend-metric.ts';
import { blockLength, bootstrapLogSe } from './block-bootstrap.ts';
import { LEAST_WINDOWS, leastOrders } from './compare-settings.ts';
import { sketchOf } from './window-sketch.ts';

type Levels = Readonly<Record<LatencyMetric, number | null>>;

/** The figures of a past run that a noise floor is computed from. */
export interface PastRun {
  readonly id: string;
  readonly startedAtMs: number;
  /** Natural logarithms of latencies in ms; null if the run had too few orders for the quantile. */
  readonly levels: Levels;
  readonly success: Pick<
    HistoryEntry['success'],
    'ratio' | 'offered' | 'failures' | 'overdispersion'
  >;
}

/** The figures of a run that are compared. */
export interface ComparedRun extends PastRun {
  /** Noise within the run. Null if it has fewer than 30 windows with orders. */
  readonly within: WithinNoise | null;
}

export interface WithinNoise {
  /** Standard errors of `levels`, from a block bootstrap over the windows. */
  readonly se: Readonly<Record<LatencyMetric, number>>;
  readonly df: number;
}

/**
 * The figures of a report that are compared. Latencies cover stored orders and timeouts, the latter at the
 * request timeout: a response that never came is not an improvement.
 */
export function comparedRun(report: Report): ComparedRun {
  let known: WithinNoise | null | undefined;
  return {
    ...pastRun(historyEntryOf(report)),
    // Computed lazily: only single runs need it, and it takes longer than all the rest.
    get within() {
      if (known === undefined) known = noiseWithin(report);
      return known;
    },
  };
}

function noiseWithin({ load, windows }: Report): WithinNoise | null {
  const sketch = sketchOf(
    windows
      .filter(({ startOffsetMs, lengthMs }) => {
        const middle = startOffsetMs + lengthMs / 2;
        return middle >= 0 && middle < load.loadedMs;
      })
      .map(({ success, outcomes }) =>
        judgedLatency(success, outcomes.timeout, load.requestTimeoutMs),
      ),
  );
  return sketch.windows < LEAST_WINDOWS ? null : withinNoise(sketch);
}

export function withinNoise(sketch: ReturnType<typeof sketchOf>): WithinNoise {
  const errors = bootstrapLogSe(
    sketch,
    LATENCY_METRICS.map((metric) => QUANTILES[metric]),
  );
  return {
    se: byMetric((metric) => errors[LATENCY_METRICS.indexOf(metric)] as number),
    df: sketch.windows / blockLength(sketch.windows) - 1,
  };
}

/** The figures of a history entry that a noise floor is computed from. */
export function pastRun(entry: HistoryEntry): PastRun {
  return {
    id: entry.run,
    startedAtMs: Date.parse(entry.startedAt),
    levels: byMetric((metric) =>
      judgedLatencyMs(entry).count < leastOrders(metric) ? null : runLevel(entry, metric),
    ),
    success: entry.success,
  };
}

function byMetric<T>(pick: (metric: LatencyMetric) => T): Record<LatencyMetric, T> {
  return Object.fromEntries(LATENCY_METRICS.map((metric) => [metric, pick(metric)])) as Record<
    LatencyMetric,
    T
  >;
}
