const MOST_PER_SECOND = 100;
const LEAST_PER_SECOND = 10;
/** Share of the time for first reads; the rest is for orders that are still missing. */
const SHARE_OF_FIRST_READS = 0.5;

/**
 * Returns the most reads per second: the load's peak, or up to twice that if needed to read all orders well within the
 * time.
 */
export function readsPerSecond(orders: number, limitMs: number, peakPerSecond: number): number {
  const wanted = orders / Math.max(1, (limitMs / 1000) * SHARE_OF_FIRST_READS);
  const pace = Math.min(2 * peakPerSecond, Math.max(peakPerSecond, wanted));
  return Math.min(MOST_PER_SECOND, Math.max(LEAST_PER_SECOND, pace));
}
