/** Largest distance between the distribution of the values and the one that they should have. */
export function ksDistance(
  values: readonly number[],
  distribution: (value: number) => number,
): number {
  const sorted = Float64Array.from(values).sort();
  let distance = 0;
  for (const [i, value] of sorted.entries()) {
    const expected = distribution(value);
    distance = Math.max(distance, expected - i / sorted.length, (i + 1) / sorted.length - expected);
  }
  return distance;
}

/**
 * The distance that so many independent values have with a probability of alpha or less, where they do have the
 * distribution. Holds for large numbers.
 *
 * Source: Kolmogorov, Sulla determinazione empirica di una legge di distribuzione, 1933, first term of the series.
 */
export function ksLimit(count: number, alpha: number): number {
  return Math.sqrt(-Math.log(alpha / 2) / 2 / count);
}

/** Share of a gamma distribution of scale 1 below a value: the series of the incomplete gamma function. */
export function gammaShare(shape: number, gammaOfShapePlus1: number): (value: number) => number {
  return (value) => {
    let term = 1;
    let sum = 1;
    for (let n = 1; term > sum * 1e-15; n += 1) {
      term *= value / (shape + n);
      sum += term;
    }
    return (value ** shape * Math.exp(-value) * sum) / gammaOfShapePlus1;
  };
}
