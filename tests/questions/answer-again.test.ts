import { expect, it } from 'vitest';
import { answerAgain } from '../../lib/questions/answer-again.ts';
import { seriesReport } from '../page/sample-series.ts';

/** Served badly, recorded as a pass by rules of an earlier day, and without answers. */
const old = (answers = {}) => {
  const report = seriesReport({ plan: { scenario: 'spike' } });
  return { ...report, answers, run: { ...report.run, verdict: 'pass' as const, reasons: ['old'] } };
};

it('adds the answers that a report lacks, and never touches its verdict', () => {
  const { report, otherVerdict } = answerAgain(old());
  expect(Object.keys(report.answers)).not.toEqual([]);
  expect(report.run).toMatchObject({ verdict: 'pass', reasons: ['old'] });
  expect(otherVerdict === null || otherVerdict.verdict !== 'pass').toBe(true);
});

it('leaves a report with answers as it is', () => {
  const recorded = answerAgain(old()).report;
  expect(answerAgain(recorded)).toEqual({ report: recorded, otherVerdict: null });
});
