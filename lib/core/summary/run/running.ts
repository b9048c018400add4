/** How far a run in progress is. */
export interface Running {
  readonly elapsedMs: number;
  readonly plannedMs: number;
}

/** How far a run is, and what its figures leave out, in a sentence. */
export function runningText({ elapsedMs, plannedMs }: Running): string {
  const seconds = (ms: number) => `${Math.floor(ms / 1000)} s`;
  if (elapsedMs === 0) return `Waiting for the first order of ${seconds(plannedMs)} of load.`;
  const shown = Math.min(elapsedMs, plannedMs);
  return `${seconds(shown)} of ${seconds(plannedMs)}; figures are up to four seconds old, orders in flight do not count as stored yet, and there is no verdict yet.`;
}
