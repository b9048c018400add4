import { expect, it } from 'vitest';
import { historyLineOf } from '../../../../lib/core/summary/results/history-line.ts';
import type { AnsweredReport } from '../../../../lib/questions/report-schema.ts';
import { sampleReport } from '../../report/sample-run.ts';

function lineOf(answers: object) {
  return historyLineOf({ ...sampleReport(), answers } as AnsweredReport);
}

const STEPS = [
  { ratePerSecond: 20, ok: true },
  { ratePerSecond: 30, ok: true },
  { ratePerSecond: 45, ok: false },
];

it('keeps the highest rate that held, of runs that measure a limit only', () => {
  expect(lineOf({ capacity: { steps: STEPS } }).heldPerSecond).toBe(30);
  expect(lineOf({ capacity: { steps: STEPS.slice(2) } }).heldPerSecond).toBeNull();
  const firstBreach = { ratePerSecond: 45, lastGoodRatePerSecond: 30 };
  expect(lineOf({ breakpoint: { firstBreach, steps: STEPS } }).heldPerSecond).toBe(30);
  expect(lineOf({ breakpoint: { firstBreach: null, steps: STEPS } }).heldPerSecond).toBe(30);
  expect(lineOf({})).not.toHaveProperty('heldPerSecond');
});
