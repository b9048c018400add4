import type { HistoryEntry } from '../../history/history-entry.ts';
import { loadChanges } from './load-changes.ts';

/** What the runs of a series have in common, in one line. */
export function seriesTitle(newest: HistoryEntry): string {
  const { scenario, profile, load, target, targetB, facts = {} } = newest;
  const places = [placeText(target, facts['target'])];
  if (targetB !== undefined) places.push(placeText(targetB, facts['targetB']));
  const { ratePerSecond, durationSeconds } = load;
  const title = `${scenario} ${profile}, ${ratePerSecond}/s for ${durationSeconds} s, ${places.join(' against ')}`;
  return [title, ...loadChanges(newest)].join(', ');
}

/** The address of a target, after its name if the user gave one. */
function placeText({ label, platform, deployment }: HistoryEntry['target'], address = ''): string {
  const kind = deployment === null ? platform : `${platform}, ${deployment}`;
  const isNamed = !address.endsWith(`//${label}`);
  const where = /^https?:/.test(address) ? `${isNamed ? `${label} ` : ''}${address}` : label;
  return `${where} (${kind})`;
}
