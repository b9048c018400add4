import { SCAN_QUANTILES } from './scan-quantiles.ts';

/** The shortest series that is scanned. */
export const MIN_SCANNED = SCAN_QUANTILES[0][0];

/**
 * Critical value of the scan for a series of `count` values, in standard deviations of its noise: 5% of series of
 * independent normal noise have a higher split. Interpolated in log count between the tabulated lengths, and
 * extrapolated beyond the last.
 */
export function scanThreshold(count: number): number {
  const rows = SCAN_QUANTILES;
  let above = rows.findIndex(([length]) => length >= count);
  if (above < 0) above = rows.length - 1;
  above = Math.max(1, above);
  const [fromCount, fromValue] = rows[above - 1] as readonly [number, number];
  const [toCount, toValue] = rows[above] as readonly [number, number];
  const share = Math.log(count / fromCount) / Math.log(toCount / fromCount);
  return fromValue + Math.max(0, share) * (toValue - fromValue);
}
