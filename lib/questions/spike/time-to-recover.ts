import { addAll } from '../../core/histogram/add.ts';
import { quantile } from '../../core/histogram/quantile.ts';
import type { Slo } from '../../core/load/load-plan.ts';
import { inPhase } from './phases.ts';
import type { SentWindow } from './sent-windows.ts';

/** Number of judged spans in a row that must meet the SLO. */
export const HELD_SPANS = 3;
/** Fewest orders in a judged span. Fewer than the ten per second of the quick spike, because not all of its windows are full. */
const MIN_ORDERS_PER_SPAN = 8;

export interface RecoveryQuestion {
  readonly windows: readonly SentWindow[];
  /** End of the burst and end of what can be judged, after the start of the load. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly slo: Slo;
}

export type Recovered = {
  /** Length of a judged span in ms; 0 without windows. */
  readonly spanMs: number;
} & (
  | { readonly kind: 'tooShort'; readonly orders: number; readonly neededMs: number }
  /** Ms from the end of the burst to the first of the spans that met the SLO. */
  | { readonly kind: 'recovered'; readonly atMs: number }
  /** `heldMs`: how long the SLO had been met at the end, too short to count. */
  | { readonly kind: 'notRecovered'; readonly heldMs: number }
);

/** When the SLO was met again, judged by the time at which orders were sent. */
export function timeToRecover({ windows, fromMs, toMs, slo }: RecoveryQuestion): Recovered {
  const after = inPhase(windows, { fromMs, toMs });
  const lengthMs = after[0]?.lengthMs ?? 0;
  const orders = after.reduce((sum, { served, failed }) => sum + served + failed, 0);
  const perSpan =
    orders === 0 ? 1 : Math.max(1, Math.ceil((MIN_ORDERS_PER_SPAN * after.length) / orders));
  const spanMs = perSpan * lengthMs;
  const needed = HELD_SPANS * perSpan;
  if (orders === 0 || after.length < needed) {
    return { kind: 'tooShort', orders, spanMs, neededMs: HELD_SPANS * spanMs };
  }
  const holds = (at: number) => spanHolds(after.slice(at, at + perSpan), slo);
  for (let at = 0; at + needed <= after.length; at += 1) {
    if (![...Array(HELD_SPANS).keys()].every((nth) => holds(at + nth * perSpan))) continue;
    const startMs = (after[at] as SentWindow).startMs;
    // The first window may begin in the burst: if it meets the SLO, the target needed no time to recover.
    return { kind: 'recovered', spanMs, atMs: at === 0 ? 0 : Math.max(0, startMs - fromMs) };
  }
  let heldWindows = 0;
  while (heldWindows < needed && spanHolds(after.slice(-heldWindows - 1), slo)) heldWindows += 1;
  return { kind: 'notRecovered', spanMs, heldMs: heldWindows * lengthMs };
}

/** Whether a span of time on its own met the SLO; false without orders. */
export function spanHolds(windows: readonly SentWindow[], slo: Slo): boolean {
  const served = windows.reduce((sum, window) => sum + window.served, 0);
  const all = windows.reduce((sum, window) => sum + window.failed, served);
  const p95 = quantile(addAll(windows.map((window) => window.judged)), 0.95);
  return all > 0 && served / all >= slo.successRatio && p95 !== null && p95 <= slo.p95Ms;
}
