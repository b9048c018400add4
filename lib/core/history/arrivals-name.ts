import { renderArrivals } from '../load/arrivals.ts';
import type { Report } from '../report/schema/report-schema.ts';

/** Digits of a recording's hash that are shown. */
const HASH_DIGITS = 12;

/**
 * How the orders of a run arrived, as a text that is equal for runs that can be compared. For a recording its times
 * count, not the name of its file. Without arrivals, as in older reports, they were even.
 */
export function arrivalsName(arrivals: Report['load']['arrivals']): string {
  if (arrivals === undefined) return 'even';
  return arrivals.sha256 === undefined
    ? renderArrivals(arrivals)
    : `recorded (sha256 ${arrivals.sha256.slice(0, HASH_DIGITS)})`;
}
