/**
 * P values adjusted for being several, in the given order: comparing each with α keeps the chance of
 * any false alarm among them at α, however they depend on each other.
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
 * Below which p value one more test is told from chance where these others are judged with it: α over as many as are
 * left once those that Holm's steps reject first are taken away. `holmAdjusted` gives it less than α exactly then.
 */
export function holmLevel(others: readonly number[], alpha: number): number {
  const sorted = [...others].sort((a, b) => a - b);
  const all = others.length + 1;
  const left = sorted.findIndex((p, rank) => p * (all - rank) >= alpha);
  return alpha / (left === -1 ? 1 : all - left);
}
