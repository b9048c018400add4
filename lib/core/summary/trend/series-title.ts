import type { HistoryEntry } from '../../history/history-entry.ts';
import { loadChanges } from './load-changes.ts';

/** What the runs of a series have in common, in one line. */
export function seriesTitle(newest: HistoryEntry): string {
  const { scenario, profile } = newest;
  const title = `${scenario} ${profile}, ${loadText(newest)}, ${placesText(newest)}`;
  return [title, ...loadChanges(newest)].join(', ');
}

/** The load of a series: "50/s for 60 s". */
export function loadText({ load }: Pick<HistoryEntry, 'load'>): string {
  return `${load.ratePerSecond}/s for ${load.durationSeconds} s`;
}

/** The targets of a series, each with the user's name for it, its address and where it runs. */
export function placesText({
  target,
  targetB,
  facts = {},
}: Pick<HistoryEntry, 'target' | 'targetB' | 'facts'>): string {
  const places = [placeText(target, facts['target'])];
  if (targetB !== undefined) places.push(placeText(targetB, facts['targetB']));
  return places.join(' against ');
}

/** The address of a target, after its name if the user gave one. */
function placeText({ label, platform, deployment }: HistoryEntry['target'], address = ''): string {
  const isKnown = deployment === null || label.includes(deployment);
  const kind = isKnown ? platform : `${platform}, ${deployment}`;
  const [host] = address.replace(/^\w+:\/\//, '').split('/');
  const isNamed = label !== host && !address.endsWith(`//${label}`);
  const where = /^https?:/.test(address) ? `${isNamed ? `${label} ` : ''}${address}` : label;
  return `${where} (${kind})`;
}
