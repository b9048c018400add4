/** The median of a sample, with a confidence interval for the median of its distribution. */
export interface MedianInterval {
  readonly count: number;
  readonly median: number;
  readonly low: number;
  readonly high: number;
  /** Exact coverage of the interval; at least the requested one. */
  readonly coverage: number;
}

/**
 * Distribution-free interval from order statistics: the k-th lowest and the k-th highest value, with the highest k for
 * which the binomial distribution with p = 1/2 still reaches the coverage.
 *
 * Source: H. A. David and H. N. Nagaraja, Order Statistics, 3rd ed., Wiley 2003, section 7.1.
 *
 * @throws RangeError for fewer values than the coverage requires (6 for 95%).
 */
export function medianInterval(values: readonly number[], coverage = 0.95): MedianInterval {
  const sorted = [...values].sort((a, b) => a - b);
  const n = sorted.length;
  let k = 0;
  let covered = 0;
  let below = 0;
  let term = 0.5 ** n;
  for (let candidate = 1; candidate <= n / 2; candidate += 1) {
    below += term;
    term *= (n - candidate + 1) / candidate;
    if (1 - 2 * below < coverage) break;
    k = candidate;
    covered = 1 - 2 * below;
  }
  if (k === 0) throw new RangeError(`${n} values are too few for an interval of ${coverage}`);
  return {
    count: n,
    median: medianOf(sorted),
    low: sorted[k - 1] as number,
    high: sorted[n - k] as number,
    coverage: covered,
  };
}

function medianOf(sorted: readonly number[]): number {
  const middle = sorted.length / 2;
  const [low, high] = [
    sorted[Math.ceil(middle) - 1] as number,
    sorted[Math.floor(middle)] as number,
  ];
  return (low + high) / 2;
}
