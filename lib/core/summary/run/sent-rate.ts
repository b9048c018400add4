import { durationSeconds, totalOrders } from '../../load/stages.ts';
import { formatRate } from '../../report/format-figure.ts';
import type { Report } from '../../report/schema/report-schema.ts';

/** Smallest relative difference from the planned rate that is mentioned. */
const NOTABLE = 0.02;

/** The rate at which orders were sent, with the planned one if that differs; null if none was sent. */
export function sentRate({
  run,
  load,
  requests: { rps },
}: Pick<Report, 'run' | 'load' | 'requests'>): string | null {
  if (rps === null) return null;
  const planned = totalOrders(load.stages) / durationSeconds(load.stages);
  const isOther = run.status === 'completed' && Math.abs(rps / planned - 1) > NOTABLE;
  return isOther ? `${formatRate(rps)} (${formatRate(planned)} planned)` : formatRate(rps);
}
