import { countOf } from '../histogram/count.ts';
import { isOutcome } from './latency-counts.ts';
import type { SeriesState } from './series-state.ts';
import type { FailureTally } from './tally.ts';
import { PUSH_INTERVAL_MS } from './window-grid.ts';

/** Orders that failed, by way to fail. What a push counts happened in the second before it. */
export function failuresOf(series: readonly SeriesState[]): readonly FailureTally[] {
  const byWay = new Map<string, FailureTally>();
  for (const { id, settled, added } of series) {
    const value = settled?.value;
    if (id.kind !== 'failed' || typeof value !== 'object' || added === null) continue;
    if (!isOutcome(id.outcome)) continue;
    const { outcome, error, arm } = id;
    const way = {
      outcome,
      status: Number(id.status) || 0,
      error,
      arm: arm === 'a' || arm === 'b' ? arm : null,
    } as const;
    const key = JSON.stringify(way);
    const before = byWay.get(key);
    const firstMs = added.firstMs - PUSH_INTERVAL_MS;
    byWay.set(key, {
      ...way,
      orders: (before?.orders ?? 0) + countOf(value),
      firstMs: Math.min(firstMs, before?.firstMs ?? firstMs),
      lastMs: Math.max(added.lastMs, before?.lastMs ?? added.lastMs),
    });
  }
  return [...byWay.values()];
}
