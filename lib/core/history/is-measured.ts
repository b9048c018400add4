import type { HistoryEntry } from './history-entry.ts';

/** Whether the figures of a run may stand in a trend or a noise floor: it ended by itself and proves something. */
export function isMeasured({ status, verdict }: Pick<HistoryEntry, 'status' | 'verdict'>): boolean {
  return status === 'completed' && verdict !== 'invalid';
}
