import { durationSeconds } from '../load/stages.ts';
import type { Report } from '../report/schema/report-schema.ts';

/**
 * Orders sent per second over the planned time of a run that came to its end; of another the rate that it says.
 * Older reports divided by the time between the first order and the last, which is shorter by chance.
 */
export function sentPerSecond({
  run,
  requests,
  load,
}: Pick<Report, 'run' | 'requests' | 'load'>): number | null {
  const seconds = durationSeconds(load.stages);
  if (run.status !== 'completed' || requests.rps === null || seconds === 0) return requests.rps;
  return requests.total / seconds;
}
