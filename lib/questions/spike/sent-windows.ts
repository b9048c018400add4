import { add } from '../../core/histogram/add.ts';
import { censor } from '../../core/histogram/censor.ts';
import { countOf } from '../../core/histogram/count.ts';
import { EMPTY_HISTOGRAM, type Histogram } from '../../core/histogram/histogram.ts';
import { meanOf } from '../../core/histogram/mean.ts';
import { OUTCOMES, SUCCESS_OUTCOMES } from '../../core/order/outcome.ts';
import type { Report } from '../../core/report/schema/report-schema.ts';

/** The results of the orders that were sent in one window. */
export interface SentWindow {
  /** After the start of the load. */
  readonly startMs: number;
  readonly lengthMs: number;
  readonly served: number;
  /** Orders with another outcome, and dropped orders. */
  readonly failed: number;
  /** Latency of stored orders, and of timeouts at the request timeout. */
  readonly judged: Histogram;
}

/**
 * The windows of a report by the time at which orders were sent, whereas the report counts by the time of the
 * response: a response that took L ms counts `windowsEarlier` windows earlier. So a target that recovered shows it at
 * once, not only when its last stuck order times out. Latency is exact to its bucket for stored orders and timeouts;
 * for other outcomes it is their median.
 */
export function sentWindows({ windows, load, latencyMs }: Report): SentWindow[] {
  const cells = windows.map(({ startOffsetMs, lengthMs, dropped }) => ({
    startMs: startOffsetMs,
    lengthMs,
    served: 0,
    failed: dropped,
    judged: EMPTY_HISTOGRAM as Histogram,
  }));
  windows.forEach((window, position) => {
    const cellOf = (latency: number) => {
      const earlier = windowsEarlier(latency / window.lengthMs);
      return cells[Math.max(0, position - earlier)] as (typeof cells)[number];
    };
    for (const part of partsOf(window.success)) {
      const cell = cellOf(meanOf(part) ?? 0);
      cell.served += countOf(part);
      cell.judged = add(cell.judged, part);
    }
    for (const outcome of OUTCOMES) {
      const count = window.outcomes[outcome];
      if (count === 0 || SUCCESS_OUTCOMES.some((success) => success === outcome)) continue;
      const isTimeout = outcome === 'timeout';
      const latency = isTimeout ? load.requestTimeoutMs : latencyMs.byOutcome[outcome]?.p50;
      const cell = cellOf(latency ?? 0);
      cell.failed += count;
      if (isTimeout) cell.judged = censor(cell.judged, count, load.requestTimeoutMs);
    }
  });
  return cells;
}

/**
 * The number of whole windows to shift by for a latency in windows. Orders answered in one window were sent in
 * two; rounding up puts the last bad ones into the window in which the target recovered or the one before it, while
 * rounding down could also put them into the one after. It rounds down within 0.03, so jitter around a whole number of
 * windows does not matter, and below half a window, so immediate failures stay where they are.
 */
function windowsEarlier(latencyWindows: number): number {
  return latencyWindows < 0.5 ? 0 : Math.ceil(latencyWindows - 0.03);
}

/** One histogram for each bucket, the zero bucket first. */
function partsOf({ zeroCount, buckets }: Histogram): Histogram[] {
  const parts: Histogram[] = buckets.map((bucket) => ({
    schema: 6,
    zeroCount: 0,
    buckets: [bucket],
  }));
  return zeroCount === 0 ? parts : [{ schema: 6, zeroCount, buckets: [] }, ...parts];
}
