/**
 * Mean of the values without `⌊n · discard⌋` of them at each end of the sorted list, and how sure it is.
 *
 * The variance is that of the winsorized values: K. K. Yuen, The two-sample trimmed t for unequal population variances,
 * Biometrika 61 (1974) 165–170. It assumes independent values. Null with fewer than two values in the middle.
 */
export interface TrimmedMean {
  readonly mean: number;
  /** Variance of `mean`, or null. */
  readonly variance: number | null;
}

/** @throws RangeError without values. */
export function trimmedMean(values: readonly number[], discard: number): TrimmedMean {
  if (values.length === 0) throw new RangeError('A mean needs at least one value.');
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  const cut = Math.floor(n * discard);
  const middle = n - 2 * cut;
  let sum = 0;
  for (let i = cut; i < n - cut; i += 1) sum += sorted[i] as number;
  const mean = sum / middle;
  if (middle < 2) return { mean, variance: null };
  const low = sorted[cut] as number;
  const high = sorted[n - cut - 1] as number;
  let total = cut * (low + high) + sum;
  const winsorizedMean = total / n;
  total = cut * ((low - winsorizedMean) ** 2 + (high - winsorizedMean) ** 2);
  for (let i = cut; i < n - cut; i += 1) total += ((sorted[i] as number) - winsorizedMean) ** 2;
  return { mean, variance: total / (middle * (middle - 1)) };
}
