import type { HistoryEntry } from '../../history/history-entry.ts';
import { dayText } from '../../text/day-text.ts';
import type { OpenChange } from '../../trend/metric-trend.ts';
import { formatMetric, formatSize } from './metric-text.ts';

/** A change of level, confirmed or not. */
export type Change = Omit<OpenChange, 'looks'>;

const HASH_LENGTH = 10;

/** A change in words, without its period: "p95 rose 19.9% on 14 Sep 2026 (171 ms → 204 ms), first in commit 731f756aa2". */
export function changeSentence(change: Change): string {
  const { metric, before, after, startedAt } = change;
  const verb = after < before ? 'fell' : 'rose';
  return `${metric} ${verb} ${formatSize(metric, before, after)} on ${dayText(startedAt)} (${levelsText(change)}), first in ${placeOfChange(change)}`;
}

/** Both levels: "171 ms → 204 ms". */
export function levelsText({ metric, before, after }: Change): string {
  return `${formatMetric(metric, before)} → ${formatMetric(metric, after)}`;
}

/** Where a level begins: its release and commit, or the run if neither is known. */
export function placeOfChange({
  release,
  commit,
  run,
}: Pick<HistoryEntry, 'release' | 'commit' | 'run'>): string {
  const version = versionText({ release, commit });
  return version === '' ? `run ${run}` : version;
}

/** Release and commit of a run; empty if neither is known. */
export function versionText({ release, commit }: Pick<HistoryEntry, 'release' | 'commit'>): string {
  const parts: string[] = [];
  if (release != null) parts.push(`release ${release}`);
  if (commit !== null) parts.push(`commit ${shortCommit(commit)}`);
  return parts.join(', ');
}

/** The first digits of a commit; empty if it is not known. */
export function shortCommit(commit: string | null): string {
  return commit?.slice(0, HASH_LENGTH) ?? '';
}
