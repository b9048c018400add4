import type { HistoryEntry } from '../../history/history-entry.ts';
import { isMeasuring } from './is-measuring.ts';
import type { RunVerdict } from './verdict-texts.ts';

/** The verdict of a run as it is shown: a run that measures a limit passes by finding it. */
export function runVerdict(entry: Pick<HistoryEntry, 'scenario' | 'verdict'>): RunVerdict {
  return entry.verdict === 'pass' && isMeasuring({ run: entry }) ? 'measured' : entry.verdict;
}
