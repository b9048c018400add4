const MOST_PER_SECOND = 100;
const LEAST_PER_SECOND = 10;
/** Of the time, for the first reads; the rest is for those that are not there yet. */
const SHARE_OF_FIRST_READS = 0.5;

/** Reads a second at most: the load's peak, and up to twice that where it takes it to read all well within the time. */
export function readsPerSecond(orders: number, limitMs: number, peakPerSecond: number): number {
  const wanted = orders / Math.max(1, (limitMs / 1000) * SHARE_OF_FIRST_READS);
  const pace = Math.min(2 * peakPerSecond, Math.max(peakPerSecond, wanted));
  return Math.min(MOST_PER_SECOND, Math.max(LEAST_PER_SECOND, pace));
}
