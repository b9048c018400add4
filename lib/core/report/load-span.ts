import type { Stage } from '../load/load-plan.ts';
import { durationSeconds, plannedStarted } from '../load/stages.ts';

/** When the load ended, possibly before its planned end. */
export interface LoadEnd {
  /** The load went on to its planned end. */
  readonly isWhole: boolean;
  /** Epoch ms at which k6 had ended; for a load in progress, the present. */
  readonly untilMs: number;
}

interface StoppedLoad {
  readonly stages: readonly Stage[];
  /** Orders that fell due, over all k6 processes. */
  readonly offered: number;
  /** The last window in which an order was started, in ms after the start of the load. */
  readonly lastStarts: { readonly fromMs: number; readonly toMs: number };
  /** Ms after the start of the load at which k6 had ended. */
  readonly goneMs: number;
}

/**
 * How long a stopped load went on, in ms: until as many orders were due as were offered. The windows narrow it down to
 * about a second; if orders are rarer than that, the next one would have been due after the stop.
 */
export function stoppedAfterMs({ stages, offered, lastStarts, goneMs }: StoppedLoad): number {
  const plannedMs = durationSeconds(stages) * 1000;
  const latestMs = Math.max(lastStarts.toMs, Math.min(goneMs, dueMs(stages, offered + 0.5)));
  const estimateMs = Math.max(lastStarts.fromMs, Math.min(latestMs, dueMs(stages, offered)));
  return Math.round(Math.max(1, Math.min(plannedMs, estimateMs)));
}

/** Milliseconds after which the stages have planned `orders`; the whole duration if they never do. */
function dueMs(stages: readonly Stage[], orders: number): number {
  let [low, high] = [0, durationSeconds(stages) * 1000];
  if (plannedStarted(stages, 0, high) <= orders) return high;
  while (high - low > 0.5) {
    const middle = (low + high) / 2;
    if (plannedStarted(stages, 0, middle) < orders) low = middle;
    else high = middle;
  }
  return high;
}
