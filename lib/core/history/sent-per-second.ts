import { durationSeconds } from '../load/stages.ts';
import type { Report } from '../report/schema/report-schema.ts';
import type { HistoryEntry } from './history-entry.ts';

/**
 * Orders sent per second over the planned time of a run that reached its end; for any other run, the rate in its
 * report. Older reports divided by the time between the first order and the last, which is shorter by chance.
 */
export function sentPerSecond({
  run,
  requests,
  load,
}: Pick<Report, 'run' | 'requests' | 'load'>): number | null {
  return overPlan(run.status, requests.rps, requests.total, durationSeconds(load.stages));
}

/** Orders sent per second of a run in a history, computed as in `sentPerSecond`. */
export function entrySentPerSecond({
  status,
  rps,
  success,
  dropped,
  load,
}: Pick<HistoryEntry, 'status' | 'rps' | 'success' | 'dropped' | 'load'>): number | null {
  return overPlan(status, rps, success.offered - dropped, load.durationSeconds);
}

function overPlan(
  status: HistoryEntry['status'],
  rps: number | null,
  sent: number,
  seconds: number,
): number | null {
  return status !== 'completed' || rps === null || seconds === 0 ? rps : sent / seconds;
}
