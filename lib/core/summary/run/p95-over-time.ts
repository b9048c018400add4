import { addAll } from '../../histogram/add.ts';
import { countOf } from '../../histogram/count.ts';
import { quantile } from '../../histogram/quantile.ts';
import type { Report } from '../../report/schema/report-schema.ts';
import { judgedLatency } from '../../report/thresholds.ts';

/** Fewer orders have no p95 that could be named. */
const LEAST_ORDERS = 8;
/** With fewer points there is no course to see. */
const LEAST_POINTS = 4;

/** The p95 of stored orders and timeouts, over equal spans of a run. */
export interface P95OverTime {
  /** Null for a span with too few orders. */
  readonly valuesMs: readonly (number | null)[];
  readonly spanMs: number;
  readonly worst: { readonly ms: number; readonly fromMs: number };
}

/**
 * The p95 over time in at most `mostPoints` spans of whole windows, as short as half of them have enough orders; null if
 * that leaves too few.
 */
export function p95OverTime(
  { windows, load }: Pick<Report, 'windows' | 'load'>,
  mostPoints: number,
): P95OverTime | null {
  const loaded = windows.filter(({ startOffsetMs }) => startOffsetMs < load.loadedMs);
  const lengthMs = loaded[0]?.lengthMs ?? 0;
  let perPoint = Math.max(1, Math.ceil(loaded.length / Math.max(1, mostPoints)));
  for (; loaded.length / perPoint >= LEAST_POINTS; perPoint *= 2) {
    const valuesMs = groupsOf(loaded, perPoint).map((group) => p95Of(group, load));
    const known = valuesMs.flatMap((ms) => ms ?? []);
    if (known.length * 2 < valuesMs.length) continue;
    const ms = Math.max(...known);
    const spanMs = perPoint * lengthMs;
    return { valuesMs, spanMs, worst: { ms, fromMs: valuesMs.indexOf(ms) * spanMs } };
  }
  return null;
}

function p95Of(windows: Report['windows'], load: Report['load']): number | null {
  const timeouts = windows.reduce((sum, { outcomes }) => sum + outcomes.timeout, 0);
  const judged = judgedLatency(
    addAll(windows.map(({ success }) => success)),
    timeouts,
    load.requestTimeoutMs,
  );
  return countOf(judged) < LEAST_ORDERS ? null : quantile(judged, 0.95);
}

function groupsOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, group) =>
    items.slice(group * size, (group + 1) * size),
  );
}
