import type { HistoryEntry } from './history-entry.ts';

/** Whether a run counts in trends and noise floors: it reached its planned end and is not INVALID. */
export function isMeasured({ status, verdict }: Pick<HistoryEntry, 'status' | 'verdict'>): boolean {
  return status === 'completed' && verdict !== 'invalid';
}
