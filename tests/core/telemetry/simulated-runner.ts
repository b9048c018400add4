import type { Histogram } from '../../../lib/core/histogram/histogram.ts';
import type { NotSentReason } from '../../../lib/core/order/not-sent.ts';
import type { Outcome } from '../../../lib/core/order/outcome.ts';
import type {
  DecodedPush,
  DecodedSeries,
  NativeHistogram,
} from '../../../lib/core/telemetry/decoded-push.ts';
import { fromValues } from '../histogram/from-values.ts';

/** One order as a simulated k6 sees it; times in ms after the start of the scenario. */
export interface SimulatedOrder {
  readonly startMs: number;
  readonly latencyMs: number;
  readonly step: string;
  /** Null: k6 was stopped before the answer came, or the order was not sent. */
  readonly outcome: Outcome | null;
  /** How long after it was due it was started; recorded where it is said. */
  readonly lateMs?: number;
  /** It never reached the target, which is known `latencyMs` after its start. */
  readonly notSent?: NotSentReason;
}

export interface SimulatedRun {
  readonly run?: string;
  readonly runner?: string;
  readonly scenario?: string;
  readonly orders: readonly SimulatedOrder[];
  /** Number of pushes, one a second. */
  readonly seconds: number;
  readonly stale?: boolean;
}

export const SCENARIO_START_MS = 1_700_000_000_000;

/** Prometheus' encoding of a histogram, as k6 sends it for the eighth powers of its values. */
export function toNative(histogram: Histogram, timestampMs: number): NativeHistogram {
  let next = 0;
  let before = 0;
  return {
    timestampMs,
    schema: 3,
    count: histogram.buckets.reduce((sum, [, count]) => sum + count, histogram.zeroCount),
    zeroCount: histogram.zeroCount,
    positiveSpans: histogram.buckets.map(([index]) => {
      const span = { offset: index - next, length: 1 };
      next = index + 1;
      return span;
    }),
    positiveDeltas: histogram.buckets.map(([, count]) => {
      const delta = count - before;
      before = count;
      return delta;
    }),
    negativeSpanCount: 0,
  };
}

/** A counter or gauge with one sample. */
export function sample(
  name: string,
  labels: Readonly<Record<string, string>>,
  timestampMs: number,
  value: number,
): DecodedSeries {
  return {
    labels: { __name__: name, ...labels },
    samples: [{ timestampMs, value }],
    histograms: [],
  };
}

/** The pushes of a k6 whose flushes fall on whole seconds after the start, and its stale markers. */
export function simulatePushes(run: SimulatedRun): DecodedPush[] {
  const { seconds, stale = true } = run;
  const pushes: DecodedPush[] = [];
  for (let second = 1; second <= seconds; second += 1) {
    const untilMs = second * 1000;
    pushes.push({ series: seriesAt(run, untilMs - 1000, untilMs) });
  }
  if (!stale) return pushes;
  const atMs = SCENARIO_START_MS + seconds * 1000 + 1;
  const markers = seriesAt(run, -1, seconds * 1000).map((series) => ({
    ...series,
    samples: [{ timestampMs: atMs, value: Number.NaN }],
  }));
  return [...pushes, { series: markers }];
}

/** Cumulative values at `untilMs` of the series with samples after `sinceMs`. */
function seriesAt(run: SimulatedRun, sinceMs: number, untilMs: number): DecodedSeries[] {
  const { run: id = 'r', runner = '1', scenario = 'burst', orders } = run;
  const common = { run: id, runner };
  const newest = SCENARIO_START_MS + untilMs - 5;
  const series = [sample('k6_vus', common, newest, 7)];
  if (sinceMs <= 0) {
    const labels = { ...common, scenario };
    series.push(sample('k6_order_scenario_start_ms', labels, newest, SCENARIO_START_MS));
  }
  for (const step of new Set(orders.map((order) => order.step))) {
    const labels = { ...common, scenario, step };
    const begun = orders.filter((order) => order.step === step && order.startMs < untilMs);
    const started = begun.filter(({ notSent }) => notSent !== 'inFlight' && notSent !== 'overdue');
    const endMs = (order: SimulatedOrder) => order.startMs + order.latencyMs;
    const histogram = (name: string, tags: object, values: readonly number[]) => ({
      labels: { __name__: name, ...labels, ...tags },
      samples: [],
      histograms: [toNative(fromValues(values), newest)],
    });
    // Orders whose lateness is known are counted by it.
    const counted = started.filter(({ lateMs }) => lateMs === undefined);
    if (counted.some((order) => order.startMs >= sinceMs)) {
      series.push(sample('k6_orders_started_total', labels, newest, counted.length));
    }
    for (const outcome of new Set(started.flatMap((order) => order.outcome ?? []))) {
      const resolved = started.filter((o) => o.outcome === outcome && endMs(o) < untilMs);
      if (!resolved.some((order) => endMs(order) >= sinceMs)) continue;
      const latencies = resolved.map((order) => order.latencyMs);
      series.push(histogram('k6_order_latency_pow8', { outcome }, latencies));
    }
    for (const why of new Set(begun.flatMap((order) => order.notSent ?? []))) {
      const failed = begun.filter((order) => order.notSent === why && endMs(order) < untilMs);
      if (!failed.some((order) => endMs(order) >= sinceMs)) continue;
      series.push(
        histogram(
          'k6_orders_not_sent',
          { why },
          failed.map(() => 1),
        ),
      );
    }
    const timed = started.filter(({ lateMs }) => lateMs !== undefined);
    if (timed.some((order) => order.startMs >= sinceMs)) {
      const lateness = timed.map(({ lateMs = 0 }) => lateMs);
      series.push(histogram('k6_order_lateness_pow8', {}, lateness));
    }
  }
  return series;
}
