import { describe, expect, it } from 'vitest';
import { absentFigure, measuredFigure } from '../../lib/core/report/figure.ts';
import { answerCases } from '../../lib/questions/answer-cases.ts';
import type { LagAnswer } from '../../lib/questions/batch/schema.ts';
import type { AnsweredReport } from '../../lib/questions/report-schema.ts';
import { sampleReport } from '../core/report/sample-run.ts';
import { BURST_END_MS, brokenUntil, simulateBurst, well } from './spike/simulated-burst.ts';

const states = (report: AnsweredReport) =>
  answerCases(report).map(({ answer, name, state }) => [answer, name, state]);

describe('of a burst', () => {
  it('are all ok where the SLO was never left', () => {
    expect(states(simulateBurst(well))).toEqual([
      ['burst', 'success inside the burst', 'ok'],
      ['burst', 'p95 inside the burst', 'ok'],
      ['burst', 'recovery', 'ok'],
    ]);
  });

  it('name success where orders failed in it', () => {
    const failing = brokenUntil(BURST_END_MS, () => ({ latencyMs: 3, outcome: 'serverError' }));
    const report = simulateBurst(failing);
    expect(report.run.verdict).toBe('fail');
    expect(states(report).map(([, , state]) => state)).toEqual(['broken', 'ok', 'ok']);
    expect(answerCases(report)[0]?.text).toMatch(/%.*required: at least 99%$/);
  });

  it('name p95 where orders were slow in it', () => {
    const slow = brokenUntil(BURST_END_MS, () => ({ latencyMs: 1400, outcome: 'created' }));
    const report = simulateBurst(slow);
    expect(report.run.verdict).toBe('fail');
    expect(states(report).map(([, , state]) => state)).toEqual(['ok', 'broken', 'ok']);
  });

  it('are open where nothing is known', () => {
    const report = simulateBurst(well);
    const burst = { ...report.burst, success: null, p95: null };
    expect(states({ ...report, answers: { burst } }).slice(0, 2)).toEqual([
      ['burst', 'success inside the burst', 'open'],
      ['burst', 'p95 inside the burst', 'open'],
    ]);
  });
});

describe('of a queue', () => {
  const lag = (keepsUp: boolean | null, notStored: number, lost: number | null): LagAnswer => ({
    ...{ keepsUp, source: 'platform', lagMs: null, sampleLagMs: null, ratePerSecond: 10 },
    ...{ accepted: 100, notes: [], drainMs: absentFigure('ms', '') },
    notStored: measuredFigure(notStored, 'orders', 'counted'),
    lost: lost === null ? absentFigure('orders', '') : measuredFigure(lost, 'orders', 'counted'),
    batchFill: absentFigure('ratio', ''),
    redelivered: absentFigure('deliveries', ''),
    deadLetters: absentFigure('messages', ''),
  });

  it.each([
    ['ok', lag(true, 0, 0), 'every accepted order was stored'],
    ['broken', lag(false, 9, 4), '9 accepted orders .* 4 of them are lost'],
    ['open', lag(null, 9, null), 'an unknown number of them are lost'],
  ] as const)('is %s', (state, answer, text) => {
    const cases = answerCases({ ...sampleReport(), answers: { lag: answer } });
    expect(cases).toMatchObject([{ answer: 'lag', name: 'every accepted order is stored', state }]);
    expect(cases[0]?.text).toMatch(new RegExp(text));
  });
});
