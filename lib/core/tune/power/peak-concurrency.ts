import type { TimedReport } from '../../lambda/platform-control.ts';

/**
 * Most invocations that ran at once, INIT included. A report is written when its invocation ends. Null without any.
 */
export function peakConcurrency(reports: readonly TimedReport[]): number | null {
  const changes = reports.flatMap(({ atMs, durationMs, initMs }) => [
    { atMs: atMs - durationMs - (initMs ?? 0), by: 1 },
    { atMs, by: -1 },
  ]);
  // Where one ends as another starts, they may have used the same environment.
  changes.sort((a, b) => a.atMs - b.atMs || a.by - b.by);
  let running = 0;
  let peak = 0;
  for (const { by } of changes) {
    running += by;
    peak = Math.max(peak, running);
  }
  return peak === 0 ? null : peak;
}
