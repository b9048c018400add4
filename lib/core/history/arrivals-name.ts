import { renderArrivals } from '../load/arrivals.ts';
import type { Report } from '../report/schema/report-schema.ts';

/** Digits of a hash that tell recordings apart. */
const HASH_DIGITS = 12;

/**
 * How the orders of a run followed each other: the same text for what can be compared. Of a recording the times
 * count and not the name of its file. Older reports were even.
 */
export function arrivalsName(arrivals: Report['load']['arrivals']): string {
  if (arrivals === undefined) return 'even';
  return arrivals.sha256 === undefined
    ? renderArrivals(arrivals)
    : `recorded (sha256 ${arrivals.sha256.slice(0, HASH_DIGITS)})`;
}
