/** Orders per second that one event loop keeps up with (docs/benchmarks.md). */
export const RATE_PER_CLIENT = 4000;

export interface ClientDemand {
  readonly peakPerSecond: number;
  /** Share of the orders that are sent again, 0 to 1. */
  readonly retryRatio: number;
  /** `--clients`, or null. */
  readonly given: number | null;
  readonly maxInFlight: number;
}

/** Event loops of one k6 process; never more than orders in flight, because some could never send one. */
export function clientsFor({
  peakPerSecond,
  retryRatio,
  given,
  maxInFlight,
}: ClientDemand): number {
  const needed = Math.ceil((peakPerSecond * (1 + retryRatio)) / RATE_PER_CLIENT);
  return Math.min(given ?? Math.max(1, needed), maxInFlight);
}
