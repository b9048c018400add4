import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from '../../../../lib/core/history/history-entry.ts';
import { resultsHeadline } from '../../../../lib/core/summary/results/results-headline.ts';
import { seriesRows } from '../../../../lib/core/summary/results/series-row.ts';
import { seriesOf } from '../../../../lib/core/trend/series-of.ts';
import { seriesTrend } from '../../../../lib/core/trend/series-trend.ts';
import { sampleEntry, sampleHistory } from '../../history/sample-history.ts';
import { NO_REPORTS } from '../../trend/text-of-trend.ts';

const METRICS = ['p50', 'p95', 'p99', 'success'] as const;
const SLO = { successRatio: 0.99, p95Ms: 150 };

function rowsOf(entries: readonly HistoryEntry[]) {
  return seriesRows(seriesOf(entries).map((series) => seriesTrend(series, METRICS, [])));
}

function named(scenario: string, entries: readonly HistoryEntry[]): HistoryEntry[] {
  return entries.map((entry) => ({
    ...entry,
    scenario,
    run: `${scenario}-${entry.run}`,
    slo: SLO,
  }));
}

const failed = (night: number) =>
  sampleEntry(night, {
    verdict: 'fail',
    reason: 'Success is 95% (SLO 99%): 150 of 3,000 orders were throttled.',
    success: { ratio: 0.95, offered: 3000, failures: 150, overdispersion: 1 },
  });
const STEADY = named('steady', sampleHistory(20));
const SPIKE = named('spike', [...sampleHistory(10), failed(10), failed(11)]);
const SOAK = named(
  'soak',
  sampleHistory(20, (night) => (night < 19 ? 1 : 1.4)),
);
const SMOKE = named('smoke', [
  sampleEntry(0, { verdict: 'invalid', reason: 'No order was sent.' }),
]);
const RAMP = named('ramp', [
  sampleEntry(0, { heldPerSecond: 43.1 }),
  sampleEntry(1, {
    heldPerSecond: 44.4,
    success: { ratio: 0.6677, offered: 3000, failures: 997, overdispersion: 1 },
  }),
]);
const ALL = [...STEADY, ...SPIKE, ...SOAK, ...SMOKE, ...RAMP];

describe('the rows of the first screen', () => {
  it('begin with what failed, then with what got worse, then with what says nothing', () => {
    expect(rowsOf(ALL).map(({ scenario }) => scenario)).toEqual([
      ...['spike', 'soak', 'smoke'],
      ...rowsOf([...STEADY, ...RAMP]).map(({ scenario }) => scenario),
    ]);
  });

  it('say since when the verdict is what it is, and show the figures with their limits', () => {
    const [row] = rowsOf(SPIKE);
    expect(row).toMatchObject({
      verdict: 'fail',
      since: 'since 11 Jan 2026, 2 runs',
      success: { cell: { text: '95%', tone: 'bad' }, limit: '≥ 99%' },
      p95: { cell: { text: '100 ms', tone: 'good' }, limit: '≤ 150 ms' },
    });
  });

  it('say how many runs a trend still takes, and what it says after that', () => {
    expect(rowsOf(named('steady', sampleHistory(3)))[0]).toMatchObject({
      trendCell: '3 of 8 runs',
      hasTrend: false,
    });
    expect(rowsOf(STEADY)[0]).toMatchObject({
      trendCell: { text: 'as expected', tone: 'good' },
      hasTrend: true,
    });
    const [soak] = rowsOf(SOAK);
    expect(soak?.trendCell).toMatchObject({
      tone: 'bad',
      text: expect.stringContaining('expected'),
    });
  });

  it('show what a run measured, not that it passed, and judge no figure beyond its limit', () => {
    expect(rowsOf(RAMP)[0]).toMatchObject({
      verdict: 'measured',
      trendCell: 'held 44.4/s, before 43.1/s',
      p95: { cell: '–', limit: '' },
      success: { cell: '–', limit: '' },
      hasTrend: false,
    });
    const below = sampleEntry(2, {
      scenario: 'ramp',
      verdict: 'fail',
      heldPerSecond: null,
      slo: SLO,
    });
    expect(rowsOf([below])[0]).toMatchObject({
      verdict: 'fail',
      trendCell: '–',
      success: { cell: '–', limit: '' },
    });
  });

  it('know no limit where the history is older than that', () => {
    const { slo: _, ...old } = STEADY[0] as HistoryEntry;
    expect(rowsOf([old])[0]?.p95).toMatchObject({ limit: '', cell: expect.any(String) });
  });
});

describe('what all results say', () => {
  const headlineOf = (entries: readonly HistoryEntry[]) => {
    const folders = new Map(entries.map(({ run }) => [run, run]));
    return resultsHeadline(rowsOf(entries), { ...NO_REPORTS, folders });
  };

  it('counts what failed and names it with its reason, and compares it with the last pass', () => {
    expect(headlineOf(ALL)).toEqual({
      tone: 'bad',
      word: '1 of 5 fail',
      reason:
        'spike standard on api: Success is 95% (SLO 99%): 150 of 3,000 orders were throttled.',
      others: ['1 of 5 got worse.', '1 of 5 cannot be judged.'],
      next: [
        { text: 'Read results/spike-run-11/report.html, which says what to do', command: null },
        {
          text: 'Compare it with the last run that passed',
          command:
            'npm run compare -- results/spike-run-9 results/spike-run-11 --history results/history',
        },
      ],
    });
  });

  it('says what got worse if nothing failed', () => {
    expect(headlineOf([...STEADY, ...SOAK])).toMatchObject({
      tone: 'bad',
      word: '1 of 2 got worse',
      reason: expect.stringMatching(
        /^soak standard on api: .* of the newest run is .* ms, worse than expected \(/,
      ),
    });
  });

  it('is green only where something passed', () => {
    expect(headlineOf(STEADY)).toMatchObject({ tone: 'good', word: 'Pass' });
    expect(headlineOf([...STEADY, ...RAMP])).toMatchObject({
      tone: 'good',
      word: 'Pass',
      reason: expect.stringContaining('1 measures a limit.'),
    });
    expect(headlineOf(RAMP)).toMatchObject({ tone: 'measured', word: 'Measured' });
    expect(headlineOf(SMOKE)).toMatchObject({ tone: 'open', word: '1 of 1 invalid' });
    expect(headlineOf([])).toMatchObject({ tone: 'open', word: 'No runs' });
  });
});
