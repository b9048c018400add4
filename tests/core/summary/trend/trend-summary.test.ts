import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from '../../../../lib/core/history/history-entry.ts';
import { trendSummary } from '../../../../lib/core/summary/trend/trend-summary.ts';
import { seriesTrend } from '../../../../lib/core/trend/series-trend.ts';
import { sampleEntry, sampleHistory } from '../../history/sample-history.ts';
import { NO_REPORTS } from '../../trend/text-of-trend.ts';

const METRICS = ['p50', 'p95', 'p99', 'success'] as const;

function placesOf(entries: readonly HistoryEntry[]) {
  return { ...NO_REPORTS, folders: new Map(entries.map(({ run }) => [run, run])) };
}

function summaryOf(
  entries: readonly HistoryEntry[],
  metrics: readonly (typeof METRICS)[number][] = METRICS,
) {
  return trendSummary(seriesTrend(entries, metrics, []), placesOf(entries));
}

describe('the trend of a series', () => {
  it('says of a change how much, since when, between which levels and from which commit on', () => {
    const nights = sampleHistory(30, (night) => (night < 20 ? 1 : 1.2));
    const { headline, changes } = summaryOf(nights, ['p95']);
    expect(headline).toMatchObject({ tone: 'bad', word: 'Changed' });
    expect(headline.reason).toMatch(
      /^p95 rose 19\.0% on 21 Jan 2026 \(\d+(\.\d)? ms → \d+ ms\), first in commit c0ffee20\. Confirmed by the newest run\.$/,
    );
    expect(headline.next).toEqual([
      { text: 'See what changed', command: 'git log --oneline c0ffee19..c0ffee20' },
      {
        text: 'Compare the last run before it with the newest',
        command: 'npm run compare -- results/run-19 results/run-29 --history results/history',
      },
    ]);
    expect(changes?.rows).toHaveLength(1);
  });

  it('names no command where a report is gone', () => {
    const nights = sampleHistory(30, (night) => (night < 20 ? 1 : 1.2)).map((entry) => ({
      ...entry,
      commit: null,
    }));
    const { headline } = trendSummary(seriesTrend(nights, ['p95'], []), NO_REPORTS);
    expect(headline.reason).toContain('first in run run-20.');
    expect(headline.next.map(({ command }) => command)).toEqual([null]);
  });

  it('suspects a run with its figure and the range expected, and compares it with the one before', () => {
    const nights = sampleHistory(40, (night) => (night === 39 ? 1.3 : 1));
    const { headline } = summaryOf(nights);
    expect(headline).toMatchObject({ tone: 'bad', word: 'Suspect' });
    expect(headline.reason).toEqual(
      expect.stringMatching(
        /^p95 of the newest run is 1\d\d ms, worse than expected \(\d+(\.\d)? ms to 1\d\d ms after 30 runs\); p50 and p99 too\.$/,
      ),
    );
    expect(headline.next[1]?.command).toBe(
      'npm run compare -- results/run-38 results/run-39 --history results/history',
    );
  });

  it('counts the runs that are missing, and how to get them', () => {
    const { headline } = summaryOf(sampleHistory(4));
    expect(headline).toMatchObject({
      tone: 'open',
      word: 'Unknown',
      reason: 'p50, p95, p99 and success cannot be judged yet: 3 of 8 earlier runs at this level.',
    });
    expect(headline.next).toEqual([
      {
        text: 'Run it 5 more times, best once a night, or add earlier reports',
        command: 'npm run trend -- --import results --history results/history',
      },
    ]);
  });

  it('has nothing to do where all is as expected', () => {
    const { headline, facts, changes } = summaryOf(sampleHistory(40));
    expect(headline).toMatchObject({ tone: 'good', word: 'Steady', others: [], next: [] });
    expect(headline.reason).toMatch(/^The newest run is as expected: p95 .* ms\), success 100%/);
    expect(facts).toBe('40 runs; newest: run-39, 2026-02-09 00:00 UTC, commit c0ffee39');
    expect(changes).toBeNull();
  });

  it('says why an invalid run is not judged', () => {
    const nights = [...sampleHistory(12), sampleEntry(12, { verdict: 'invalid' })];
    const { headline, facts } = summaryOf(nights);
    expect(headline.reason).toBe('The newest run is not judged, because it is INVALID.');
    expect(facts).toContain('13 runs, 1 of them left out');
  });
});
