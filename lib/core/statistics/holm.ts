/**
 * P-values adjusted for multiple tests, in the given order. Comparing each with α keeps the probability of any
 * false alarm among them at α, however they depend on each other.
 *
 * Source: S. Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of
 * Statistics 6 (1979).
 */
export function holmAdjusted(pValues: readonly number[]): number[] {
  const order = pValues.map((p, position) => ({ p, position })).sort((a, b) => a.p - b.p);
  const adjusted = pValues.map(() => 1);
  let highest = 0;
  order.forEach(({ p, position }, rank) => {
    highest = Math.max(highest, Math.min(1, p * (pValues.length - rank)));
    adjusted[position] = highest;
  });
  return adjusted;
}

/**
 * The p-value below which one more test is significant when it is judged together with these others: α divided by
 * the number of tests left after those that Holm's procedure rejects first. `holmAdjusted` returns less than α for
 * exactly these p-values.
 */
export function holmLevel(others: readonly number[], alpha: number): number {
  const sorted = [...others].sort((a, b) => a - b);
  const all = others.length + 1;
  const left = sorted.findIndex((p, rank) => p * (all - rank) >= alpha);
  return alpha / (left === -1 ? 1 : all - left);
}
