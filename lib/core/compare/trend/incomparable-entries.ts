import { formatRate, formatRatio } from '../../report/format-figure.ts';
import { factDifferences, majorOf } from '../comparability.ts';
import { DEFAULT_SETTINGS, MAX_RATE_DIFFERENCE } from '../compare-settings.ts';
import type { HistoryEntry } from '../history-entry.ts';
import { isMeasured } from '../is-measured.ts';
import { entrySentPerSecond } from '../sent-per-second.ts';

/** What an entry of a history tells of whether it can be compared. */
export type ComparableEntry = Pick<
  HistoryEntry,
  | 'run'
  | 'scenario'
  | 'profile'
  | 'load'
  | 'facts'
  | 'status'
  | 'verdict'
  | 'dropped'
  | 'success'
  | 'rps'
  | 'k6Version'
  | 'reportVersion'
> & {
  readonly platform: HistoryEntry['target']['platform'];
  /** Of an ab run, which holds both sides. */
  readonly isAb: boolean;
};

/**
 * Why two runs of a history cannot be compared, one sentence each; empty when they can, as far as a
 * history knows: of runs from before version 1.3 the reports alone know all.
 */
export function incomparableEntries(a: ComparableEntry, b: ComparableEntry): string[] {
  const reasons = [...[a, b].flatMap(ownReasons), ...differences(a, b)];
  const [rateA, rateB] = [entrySentPerSecond(a), entrySentPerSecond(b)];
  if (rateA !== null && rateB !== null && Math.abs(rateB / rateA - 1) > MAX_RATE_DIFFERENCE) {
    reasons.push(`orders were sent at ${formatRate(rateA)} (A) and ${formatRate(rateB)} (B)`);
  }
  return [...new Set(reasons)];
}

function ownReasons(entry: ComparableEntry): string[] {
  const { run, status, verdict, dropped, success, isAb } = entry;
  const ratio = success.offered === 0 ? 0 : dropped / success.offered;
  return [
    ...(isAb ? [`run ${run} is an ab run, which holds both sides: compare it by itself`] : []),
    ...(isMeasured(entry) ? [] : [`run ${run} is ${verdict}, ${status}`]),
    ...(ratio > DEFAULT_SETTINGS.maxDroppedRatio
      ? [`run ${run} dropped ${formatRatio(ratio)} of its orders`]
      : []),
  ];
}

function differences(a: ComparableEntry, b: ComparableEntry): string[] {
  const facts: readonly [name: string, of: (entry: ComparableEntry) => string][] = [
    ['scenario', ({ scenario }) => scenario],
    ['profile', ({ profile }) => profile],
    ['load', ({ load }) => `${load.ratePerSecond}/s for ${load.durationSeconds} s`],
    ['arrivals', ({ load }) => load.arrivals ?? 'even'],
    ['kind of target', ({ platform }) => platform],
    ['k6', ({ k6Version }) => `${majorOf(k6Version)}.x`],
    ['report version', ({ reportVersion }) => `${majorOf(reportVersion)}.x`],
  ];
  const known = facts.map(([name, of]) => [name, of(a), of(b)] as const);
  const differing = factDifferences(a.facts ?? {}, b.facts ?? {}, ['load']);
  return [...known.filter(([, left, right]) => left !== right), ...differing].map(
    ([name, left, right]) => `other ${name}: A has ${left}, B has ${right}`,
  );
}
