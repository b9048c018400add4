import type { Estimate } from '../../tune/schema/estimate-schema.ts';

/**
 * A figure with half the width of its 95% interval: "19.9 ms ±2%". Of an interval that is wider than the figure on both
 * sides, this says only so, because such intervals are far from even: "3.5 ms ±>100%". Without an interval the figure
 * stands alone, and without a figure there is a dash.
 */
export function estimateText(estimate: Estimate | null, text: (value: number) => string): string {
  if (estimate === null) return '–';
  const { value, low, high } = estimate;
  if (low === null || high === null || value === 0) return text(value);
  const half = (high - low) / 2 / value;
  return `${text(value)} ±${half > 1 ? '>100%' : percentText(half)}`;
}

/** The 95% interval of a figure: "95% interval 19.1 ms to 20.7 ms"; empty without one. */
export function intervalText(
  { low, high }: Pick<Estimate, 'low' | 'high'>,
  text: (value: number) => string,
): string {
  return low === null || high === null ? '' : `95% interval ${text(low)} to ${text(high)}`;
}

/** A small share with two digits: "0.4%", "2.3%", "15%". */
export function percentText(share: number): string {
  return `${Number((share * 100).toPrecision(2))}%`;
}
