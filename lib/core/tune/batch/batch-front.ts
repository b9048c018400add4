import type { BatchCellResult } from '../schema/batch-schema.ts';
import type { Estimate } from '../schema/estimate-schema.ts';

/** Differences up to this share are none. */
export const SAME_WITHIN = 0.01;

type Measured = Pick<BatchCellResult, 'status' | 'load'>;

/**
 * Whether no other cell is better: surely cheaper or surely faster (p95 of the lag) by more than 1%, intervals included,
 * and in the other figure not worse by more than 1%. A cell without both figures is not on the front.
 */
export function isOnFront(cell: Measured, all: readonly Measured[]): boolean {
  const own = pointOf(cell);
  if (own === null) return false;
  return !all.some((other) => {
    const point = other === cell ? null : pointOf(other);
    if (point === null) return false;
    return (
      (isSurelyLess(point.cost, own.cost) && isNotMore(point.lag, own.lag)) ||
      (isSurelyLess(point.lag, own.lag) && isNotMore(point.cost, own.cost))
    );
  });
}

function pointOf({ status, load }: Measured) {
  const cost = load?.costPerMillionUsd ?? null;
  const lag = load?.lagMs.p95 ?? null;
  return status !== 'measured' || cost === null || lag === null ? null : { cost, lag };
}

function isSurelyLess(a: Estimate, b: Estimate): boolean {
  return (a.high ?? a.value) < (b.low ?? b.value) * (1 - SAME_WITHIN);
}

function isNotMore(a: Estimate, b: Estimate): boolean {
  return a.value <= b.value * (1 + SAME_WITHIN);
}
