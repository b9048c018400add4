/** Converts the median absolute deviation of normal noise to its standard deviation. */
const MAD_TO_SD = 1.4826;
const HALF_WINDOW = 3;
const WINSOR_SDS = 2.5;

/**
 * Standard deviation of the noise in a series that may have steps and outliers, from the median absolute first
 * difference, which a few of them hardly affect. 0 if most values are equal.
 */
export function noiseScale(values: Float64Array): number {
  const count = values.length - 1;
  if (count < 1) return 0;
  const differences = new Float64Array(count);
  for (let i = 0; i < count; i += 1) {
    differences[i] = Math.abs((values[i + 1] as number) - (values[i] as number));
  }
  return (MAD_TO_SD * medianOf(differences)) / Math.SQRT2;
}

/** The values, each limited to within 2.5 `scale` of the median of the seven around it. */
export function winsorised(values: Float64Array, scale: number): Float64Array {
  const limit = WINSOR_SDS * scale;
  const near = new Float64Array(2 * HALF_WINDOW + 1);
  return values.map((value, at) => {
    const from = Math.max(0, at - HALF_WINDOW);
    const to = Math.min(values.length, at + HALF_WINDOW + 1);
    const window = near.subarray(0, to - from);
    window.set(values.subarray(from, to));
    const median = medianOf(window);
    return Math.min(median + limit, Math.max(median - limit, value));
  });
}

/** The median; NaN of an empty array. Sorts the array in place. */
export function medianOf(values: Float64Array): number {
  values.sort();
  const middle = values.length >> 1;
  const upper = values[middle] ?? Number.NaN;
  return values.length % 2 === 1 ? upper : (upper + (values[middle - 1] ?? Number.NaN)) / 2;
}
