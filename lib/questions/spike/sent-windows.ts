import { add } from '../../core/histogram/add.ts';
import { censor } from '../../core/histogram/censor.ts';
import { countOf } from '../../core/histogram/count.ts';
import { EMPTY_HISTOGRAM, type Histogram } from '../../core/histogram/histogram.ts';
import { meanOf } from '../../core/histogram/mean.ts';
import { OUTCOMES, SUCCESS_OUTCOMES } from '../../core/order/outcome.ts';
import type { Report } from '../../core/report/schema/report-schema.ts';

/** What became of the orders that were sent in one window. */
export interface SentWindow {
  /** After the start of the load. */
  readonly startMs: number;
  readonly lengthMs: number;
  readonly served: number;
  /** With another outcome, or dropped. */
  readonly failed: number;
  /** Of stored orders, and of timeouts at the request timeout. */
  readonly judged: Histogram;
}

/**
 * The windows of a report by when orders were sent, where the report has them by when they were
 * answered: an answer that took L ms counts `windowsEarlier` windows earlier. So a target that
 * mended shows it at once, and not when the last order that it had hung on to timed out. Latency is
 * exact to its bucket for stored orders and timeouts; that of other outcomes is their median.
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
 * Whole windows that stand for a latency of so many windows. Orders answered in one window were sent in
 * two; rounding up puts the last bad ones into the window that the target mended in, or the one before,
 * rounding down also into the one after. Down within 0.03, so that jitter around a whole number of
 * windows does not decide, and below half a window, so that what fails at once stays where it was.
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
