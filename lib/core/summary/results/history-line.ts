import type { AnsweredReport } from '../../../questions/report-schema.ts';
import { type HistoryEntry, historyEntryOf } from '../../history/history-entry.ts';

/** The line that a run adds to a history, with what its answer measured. */
export function historyLineOf(report: AnsweredReport): HistoryEntry {
  const held = heldPerSecond(report);
  return { ...historyEntryOf(report), ...(held !== undefined && { heldPerSecond: held }) };
}

/** The highest rate that met the SLO, null if none did; undefined for a run that does not measure a limit. */
function heldPerSecond({
  answers: { capacity, breakpoint },
}: Pick<AnsweredReport, 'answers'>): number | null | undefined {
  const steps = (capacity ?? breakpoint)?.steps;
  if (steps === undefined) return undefined;
  if (breakpoint?.firstBreach) return breakpoint.firstBreach.lastGoodRatePerSecond;
  return steps.findLast(({ ok }) => ok)?.ratePerSecond ?? null;
}
