import type { HistoryEntry } from '../../compare/history-entry.ts';

/** What the runs of a series have in common, in one line. */
export function seriesTitle({ scenario, profile, load, target, targetB }: HistoryEntry): string {
  const places = [target, ...(targetB === undefined ? [] : [targetB])].map(
    ({ label, platform, deployment }) =>
      `${label} (${deployment === null ? platform : `${platform}, ${deployment}`})`,
  );
  const { ratePerSecond, durationSeconds } = load;
  return `${scenario} ${profile}, ${ratePerSecond}/s for ${durationSeconds} s, ${places.join(' against ')}`;
}
