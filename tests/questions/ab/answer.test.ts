import { describe, expect, it } from 'vitest';
import { renderSummary } from '../../../lib/core/render/terminal-summary.ts';
import { answerReport } from '../../../lib/questions/answer-report.ts';
import { mergeReports } from '../../../lib/questions/merge-reports.ts';
import { parseReport } from '../../../lib/questions/parse-report.ts';
import { repeat } from '../../core/report/sample-run.ts';
import { abReport, slowerB } from './sample-ab-report.ts';

describe('the answer of ab', () => {
  it('gives each arm what its target counted, and compares what had settled', () => {
    const { answers, requests, targetB } = abReport(slowerB);
    const { a, b } = answers.ab?.arms ?? {};
    expect(targetB).toMatchObject({ label: 'new', baseUrl: 'https://b.example.com/x' });
    expect(a?.target.label).toBe('old');
    expect(b?.target).toEqual(targetB);
    expect(a?.requests.sent).toBe(4 * (31 + 6));
    expect(a?.settling.sent).toBe(4 * 6);
    expect(a?.compared.sent).toBe(4 * 31);
    expect((a?.requests.sent ?? 0) + (b?.requests.sent ?? 0)).toBe(requests.total);
    expect(a?.compared.successRatio).toBeCloseTo(30 / 31);
    expect(a?.latencyMs.count).toBe(120);
    expect(a?.latencyMs.max).toBeLessThan(100);
  });

  it('holds the histogram and the place of every block, enough for a comparison later', () => {
    const { ab } = abReport(slowerB).answers;
    const blocks = [...(ab?.arms.a.blocks ?? []), ...(ab?.arms.b.blocks ?? [])];
    expect(blocks).toHaveLength(8);
    expect(blocks.every(({ latencyMs }) => latencyMs.histogram.buckets.length > 0)).toBe(true);
    for (const round of [1, 2, 3, 4]) {
      const orders = blocks.filter((block) => block.round === round).map(({ order }) => order);
      expect(new Set(orders).size).toBe(1);
    }
    expect(blocks.filter(({ order }) => order === 'BA')).toHaveLength(4);
  });

  it('pairs the blocks of a round, so that levels that both share do not blur the ratio', () => {
    const { p50, p95 } = abReport(slowerB).answers.ab?.latencyRatio ?? {};
    for (const ratio of [p50, p95]) {
      expect(ratio?.ratio).toBeGreaterThan(1.18);
      expect(ratio?.ratio).toBeLessThan(1.22);
      expect(ratio?.interval?.[0]).toBeGreaterThan(1.17);
      expect(ratio?.interval?.[1]).toBeLessThan(1.23);
    }
  });

  it('has a wide interval where the rounds disagree, and none below three rounds', () => {
    const factor = [1.5, 0.7, 1.4, 0.8];
    const noisy = abReport({
      latencies: (arm, round) => repeat(30, arm === 'b' ? 10 * (factor[round - 1] ?? 1) : 10),
    });
    const interval = noisy.answers.ab?.latencyRatio.p50.interval;
    expect(interval?.[0]).toBeLessThan(0.9);
    expect(interval?.[1]).toBeGreaterThan(1.2);
    const short = abReport({ ...slowerB, rounds: 2 }).answers.ab?.latencyRatio.p50;
    expect(short).toMatchObject({ interval: null, rounds: 2 });
    expect(short?.ratio).toBeGreaterThan(1.1);
  });

  it('leaves a round out in which an arm stored nothing, and says so where none is left', () => {
    const holes = abReport({ latencies: (arm, round) => (arm === 'b' && round === 2 ? [] : [10]) });
    expect(holes.answers.ab?.latencyRatio.p50).toMatchObject({ rounds: 3, ratio: 1 });
    const dead = abReport({ latencies: (arm) => (arm === 'b' ? [] : [10]) });
    expect(dead.answers.ab?.latencyRatio.p50).toEqual({ ratio: null, interval: null, rounds: 0 });
    expect(renderSummary(dead, { colors: false, width: 100 })).toContain(
      'Not known: no round has stored orders in both arms.',
    );
  });

  it('knows what was not sent by arm and block', () => {
    const { answers, requests } = abReport({
      ...slowerB,
      notSent: { 'r2-b': { inFlight: 4, ports: 3 }, 'r3-a-settling': { inFlight: 2 } },
    });
    const { a, b } = answers.ab?.arms ?? {};
    expect(requests.dropped).toBe(9);
    expect(b?.compared).toMatchObject({ dropped: 7, offered: 4 * 31 + 7 });
    expect(b?.blocks.find(({ round }) => round === 2)?.dropped).toBe(7);
    expect(a?.settling.dropped).toBe(2);
    expect(a?.compared.dropped).toBe(0);
  });

  it('survives a file, and the merging of two runners', () => {
    const notSent = { 'r2-b': { inFlight: 7 } };
    const report = abReport({ ...slowerB, notSent });
    expect(parseReport(JSON.stringify(report), 'x')).toEqual(report);
    const merged = answerReport(mergeReports([report, abReport({ ...slowerB, notSent }, '2')]));
    expect(merged.answers.ab?.arms.b.requests).toMatchObject({
      sent: 2 * (report.answers.ab?.arms.b.requests.sent ?? 0),
      dropped: 14,
    });
    const p50Of = (one: typeof report) => one.answers.ab?.latencyRatio.p50.ratio ?? 0;
    expect(p50Of(merged)).toBeCloseTo(p50Of(report), 9);
  });

  it('is in plain words on the terminal', () => {
    expect(renderSummary(abReport(slowerB), { colors: false, width: 100 })).toMatch(
      /Is B worse than A, now\?\n {2}p95 of B is (19|20)\.\d% higher than that of A \(95% interval \+\d/,
    );
  });
});
