import { describe, expect, it } from 'vitest';
import { historyEntryOf, seriesKey } from '../../../lib/core/history/history-entry.ts';
import type { Report } from '../../../lib/core/report/schema/report-schema.ts';
import { seriesOf } from '../../../lib/core/trend/series-of.ts';
import { seriesTrend } from '../../../lib/core/trend/series-trend.ts';
import { runLevel } from '../../../lib/core/trend/trend-metric.ts';
import { sampleEntry, sampleHistory } from '../history/sample-history.ts';
import { sampleReport } from '../report/sample-run.ts';
import { textOfTrend } from './text-of-trend.ts';

const METRICS = ['p50', 'p95', 'p99', 'success'] as const;

describe('historyEntryOf', () => {
  it('keeps the figures of the report', () => {
    const report = sampleReport({
      latencies: { created: [20, 20, 20], timeout: [5000] },
      dropped: 1,
    });
    expect(historyEntryOf(report)).toMatchObject({
      run: report.run.id,
      historyVersion: '1.4',
      reason: report.run.reasons[0],
      slo: { successRatio: report.load.slo.successRatio, p95Ms: report.load.slo.p95Ms },
      load: { ratePerSecond: 100, durationSeconds: 10, arrivals: 'even' },
      latencyMs: { count: 3, p95: report.latencyMs.success.p95 },
      success: { ratio: 3 / 5, offered: 5, failures: 2, overdispersion: 1 },
      dropped: 1,
    });
  });

  it('keeps the latency that is judged: timeouts at the request timeout', () => {
    const created = Array.from({ length: 90 }, () => 20);
    const timeout = Array.from({ length: 10 }, () => 7000);
    const report = sampleReport({ latencies: { created, timeout } });
    const entry = historyEntryOf(report);
    expect(entry.latencyMs).toMatchObject({ count: 90, p99: report.latencyMs.success.p99 });
    expect(entry.judgedMs?.count).toBe(100);
    expect(entry.judgedMs?.p50).toBeCloseTo(20, 0);
    const { requestTimeoutMs } = report.load;
    expect((entry.judgedMs?.p99 ?? 0) / requestTimeoutMs).toBeCloseTo(1, 1);
    expect(Math.exp(runLevel(entry, 'p99') ?? 0)).toBeCloseTo(entry.judgedMs?.p99 ?? 0, 6);
  });

  it('judges a line of version 1.0 by the latency of stored orders', () => {
    const old = sampleEntry(0, { historyVersion: '1.0' });
    expect(runLevel(old, 'p95')).toBeCloseTo(Math.log(old.latencyMs.p95 ?? 0), 12);
  });

  it('keeps how the orders arrived, and of a replay its busiest second', () => {
    const loadOf = (arrivals: Report['load']['arrivals']) => {
      const report = sampleReport();
      return historyEntryOf({ ...report, load: { ...report.load, arrivals } }).load;
    };
    expect(loadOf({ kind: 'poisson' })).toMatchObject({ ratePerSecond: 100, arrivals: 'poisson' });
    expect(loadOf(undefined)).toMatchObject({ ratePerSecond: 100, arrivals: 'even' });
    const recorded = { file: 'a.csv', speed: 2, orders: 9, peakPerSecond: 7, sha256: 'abc' };
    expect(loadOf({ kind: 'recorded', ...recorded })).toMatchObject({
      ...{ ratePerSecond: 7, arrivals: 'recorded (sha256 abc)' },
    });
  });

  it('keeps series of other arrivals apart, and takes those of older lines for even', () => {
    const old = sampleEntry(0);
    expect(old.load).not.toHaveProperty('arrivals');
    const arriving = (arrivals: string) => ({ ...old, load: { ...old.load, arrivals } });
    expect(seriesKey(arriving('even'))).toBe(seriesKey(old));
    const others = ['poisson', 'cv:2', 'a.csv (sha256 1)', 'a.csv (sha256 2)'].map(arriving);
    expect(new Set([old, ...others].map(seriesKey)).size).toBe(5);
  });

  it('still knows a series by the text in the change points that were confirmed before', () => {
    expect(seriesKey(sampleEntry(0))).toBe('["steady","standard",50,60,2,["api","aws",null],null]');
  });

  it('keeps series of another load, target or machine apart', () => {
    const entry = sampleEntry(0);
    const others = [
      { ...entry, load: { ...entry.load, ratePerSecond: 51 } },
      { ...entry, target: { ...entry.target, label: 'b' } },
      { ...entry, hostCpus: 4 },
    ];
    expect(new Set([entry, ...others].map(seriesKey)).size).toBe(4);
    expect(seriesOf([entry, ...others, sampleEntry(1)]).map(({ length }) => length)).toContain(2);
  });
});

describe('seriesTrend', () => {
  it('is steady where nothing changed, and suspects a newest run that is 15% slower', () => {
    expect(seriesTrend(sampleHistory(40), METRICS, []).verdict).toBe('steady');
    const slower = sampleHistory(40, (night) => (night === 39 ? 1.15 : 1));
    const trend = seriesTrend(slower, METRICS, []);
    expect(trend.verdict).toBe('suspect');
    expect(trend.newest.find(({ metric }) => metric === 'p95')?.state).toBe('suspect');
    expect(trend.newest.find(({ metric }) => metric === 'success')?.state).toBe('expected');
  });

  it('suspects lost orders, not one of three thousand', () => {
    const withFailures = (failures: number) => [
      ...sampleHistory(20),
      sampleEntry(20, {
        success: { ratio: 1 - failures / 3000, offered: 3000, failures, overdispersion: 1 },
      }),
    ];
    const stateOf = (failures: number) =>
      seriesTrend(withFailures(failures), ['success'], []).newest[0]?.state;
    expect(stateOf(1)).toBe('expected');
    expect(stateOf(30)).toBe('suspect');
  });

  it('says unknown with fewer than eight earlier runs, and where the newest run is invalid', () => {
    expect(seriesTrend(sampleHistory(8), METRICS, []).verdict).toBe('unknown');
    expect(seriesTrend(sampleHistory(9), METRICS, []).verdict).not.toBe('unknown');
    const invalid = [...sampleHistory(40), sampleEntry(40, { verdict: 'invalid' })];
    const trend = seriesTrend(invalid, METRICS, []);
    expect(trend).toMatchObject({ verdict: 'unknown', newest: [], leftOut: 1 });
    expect(textOfTrend(trend)).toContain('not judged, because it is INVALID');
  });

  it('does not judge the latency of a run that dropped more than 1%, but its success', () => {
    const dropping = sampleEntry(40, {
      dropped: 60,
      success: { ratio: 0.98, offered: 3000, failures: 60, overdispersion: 1 },
      latencyMs: { count: 2940, p50: 50, p95: 400, p99: 800 },
    });
    const trend = seriesTrend([...sampleHistory(40), dropping], METRICS, []);
    expect(trend.newest.map(({ metric, state }) => [metric, state])).toEqual([
      ['success', 'suspect'],
    ]);
    expect(textOfTrend(trend)).toContain('its latency is not judged');
    const usual = { ...dropping, success: { ...dropping.success, ratio: 1 } };
    expect(seriesTrend([...sampleHistory(40), usual], METRICS, []).verdict).toBe('unknown');
  });

  it('does not take three nights of three runs for nine, but finds what they can tell', () => {
    const flagged = (slower: number) =>
      Array.from({ length: 200 }, (_, seed) => {
        const nights = sampleHistory(4, undefined, seed + 1);
        const runs = nights.flatMap((entry, night) =>
          [0, 1, 2].map((run) => {
            const p95 = (entry.latencyMs.p95 ?? 0) * (1 + 0.002 * run + (night === 3 ? slower : 0));
            return sampleEntry(night, {
              run: `${entry.run}-${run}`,
              startedAt: new Date(Date.parse(entry.startedAt) + run * 60_000).toISOString(),
              latencyMs: { ...entry.latencyMs, p95 },
            });
          }),
        );
        return seriesTrend(runs, ['p95'], []).newest[0]?.state;
      }).filter((state) => state === 'suspect' || state === 'better').length;
    // By the runs alone 29 of 200.
    expect(flagged(0)).toBeLessThanOrEqual(16);
    expect(flagged(0.5)).toBeGreaterThanOrEqual(190);
  });

  it('finds a change in nights of three runs where the night of the change begins', () => {
    const nights = sampleHistory(90, (night) => (night < 60 ? 1 : 1.1));
    const runs = nights.flatMap((entry) =>
      [0, 1, 2].map((run) => ({
        ...entry,
        run: `${entry.run}-${run}`,
        startedAt: new Date(Date.parse(entry.startedAt) + run * 60_000).toISOString(),
      })),
    );
    const [trend] = seriesTrend(runs, ['p95'], []).trends;
    expect(trend?.fresh.map(({ run }) => run)).toEqual(['run-60-0']);
    expect(trend?.segments.map(({ from }) => from)).toEqual([0, 180]);
    const [again] = seriesTrend(runs, ['p95'], trend?.fresh ?? []).trends;
    expect(again?.points).toEqual(trend?.fresh);
  });

  it('leaves a change open until it is seen after five nights in a row', () => {
    const nights = sampleHistory(90, (night) => (night < 60 ? 1 : 1.15));
    const looks = Array.from({ length: 20 }, (_, night) => {
      const trend = seriesTrend(nights.slice(0, 61 + night), ['p95'], []);
      const [{ open, fresh, segments } = { open: [], fresh: [], segments: [] }] = trend.trends;
      return { trend, seen: open.map((one) => one.looks), fresh: fresh.length, segments };
    });
    const first = looks.findIndex(({ seen }) => seen.length > 0);
    expect(looks.slice(first, first + 6).map(({ seen }) => seen)).toEqual([
      [1],
      [2],
      [3],
      [4],
      [],
      [],
    ]);
    expect(looks[first + 3]?.segments).toHaveLength(1);
    expect(looks[first + 3]?.trend.verdict).not.toBe('changed');
    expect(looks[first + 4]).toMatchObject({ fresh: 1, trend: { verdict: 'changed' } });
    const text = textOfTrend((looks[first + 3] as (typeof looks)[number]).trend);
    expect(text).toMatch(/p95 +✕ \+\d.* ms → \d.*not yet: seen on 4 of 5 nights/);
  });

  it('tells of a change once, and never revises it', () => {
    const nights = sampleHistory(120, (night) => (night < 60 ? 1 : 1.1));
    const first = seriesTrend(nights.slice(0, 70), ['p95'], []);
    expect(first.verdict).toBe('changed');
    const [{ fresh } = { fresh: [] }] = first.trends;
    expect(fresh).toHaveLength(1);
    const confirmed = [...fresh];
    for (let night = 71; night <= 120; night += 1) {
      const [trend] = seriesTrend(nights.slice(0, night), ['p95'], confirmed).trends;
      expect(trend?.points.slice(0, confirmed.length)).toEqual(confirmed);
      confirmed.push(...(trend?.fresh ?? []));
    }
    expect(confirmed).toHaveLength(1);
  });

  it('gives names from a history no control of the terminal', () => {
    const target = { label: '\u001B[31mred\u0007', platform: 'aws', deployment: null } as const;
    const text = textOfTrend(seriesTrend([sampleEntry(0, { target })], METRICS, []));
    expect(text).toContain('\\u{1b}[31mred\\u{7}');
  });
});
