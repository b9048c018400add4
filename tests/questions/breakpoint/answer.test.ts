import { expect, it } from 'vitest';
import { answerReport } from '../../../lib/questions/answer-report.ts';
import { answerTexts } from '../../../lib/questions/answer-texts.ts';
import { reportSchema } from '../../../lib/questions/report-schema.ts';
import {
  type RampShape,
  rampReport,
  type Target,
  throttling,
} from '../../core/judge/sample-steps.ts';
import { repeat } from '../../core/report/sample-run.ts';

const answered = (target: Target, shape: RampShape = {}) =>
  answerReport(rampReport(target, { scenario: 'breakpoint', ...shape }));

it('names the first breach, and that there was no collapse', () => {
  const { run, answers } = answered(throttling(100));
  expect(run.verdict).toBe('pass');
  expect(answers.breakpoint).toMatchObject({
    status: 'broken',
    firstBreach: { ratePerSecond: 133, lastGoodRatePerSecond: 88.9, limit: 'throttled' },
    collapse: null,
    highestRatePerSecond: 200,
    stoppedBecause: null,
  });
  expect(answers.breakpoint?.peakServed?.servedPerSecond).toBeCloseTo(100, 0);
});

it('names the collapse, by which the run stopped itself, and passes', () => {
  const dying: Target = (rate, orders) =>
    rate < 80
      ? { created: repeat(orders, 20) }
      : rate < 120
        ? { created: repeat(orders - 200, 20), serverError: repeat(200, 5) }
        : { created: repeat(20, 20), connection: repeat(orders - 20, 1) };
  const abortReason = 'the target has collapsed';
  const { run, answers } = answered(dying, { status: 'aborted', abortReason, loadedSeconds: 138 });
  expect(run.verdict).toBe('pass');
  expect(run.reasons[0]).toMatch(
    /^It broke at 88\.9\/s: .*; 59\.3\/s held\. It collapsed at 133\/s/,
  );
  expect(answers.breakpoint).toMatchObject({
    status: 'broken',
    firstBreach: { ratePerSecond: 88.9, lastGoodRatePerSecond: 59.3, limit: 'errors' },
    collapse: { ratePerSecond: 133 },
    highestRatePerSecond: 133,
    stoppedBecause: abortReason,
  });
});

it('does not take a single failure of a small step for a breach', () => {
  const hiccup: Target = (rate, orders) =>
    rate < 12
      ? { created: repeat(orders - 2, 20), serverError: repeat(2, 5) }
      : throttling(100)(rate, orders);
  expect(answered(hiccup).answers.breakpoint?.firstBreach?.ratePerSecond).toBe(133);
});

it('says what the limit does to random arrivals where it broke, where one is known', () => {
  const report = rampReport(throttling(100), { scenario: 'breakpoint', handlerMs: () => 15 });
  expect(answerReport(report).answers.breakpoint).not.toHaveProperty('randomArrivals');
  const target = { ...report.target, concurrencyLimit: 2 };
  const limited = answerReport({ ...report, target });
  const { randomArrivals, firstBreach } = limited.answers.breakpoint ?? {};
  expect(randomArrivals).toMatchObject({ concurrency: 2, ratePerSecond: 133 });
  expect(randomArrivals?.ratePerSecond).toBe(firstBreach?.ratePerSecond);
  // Two erlangs on two places.
  expect(randomArrivals?.refusedRatio).toBeCloseTo(0.4, 1);
  expect(answerTexts(limited)[0]?.lines[0]).toBe(randomArrivals?.why);
  expect(reportSchema.safeParse(limited).error).toBeUndefined();
  const whole = rampReport(throttling(1000), { scenario: 'breakpoint' });
  const unbroken = answerReport({ ...whole, target: { ...whole.target, concurrencyLimit: 2 } });
  expect(unbroken.answers.breakpoint).not.toHaveProperty('randomArrivals');
});

it('says that nothing broke, and up to where', () => {
  const { run, answers } = answered(throttling(1000));
  expect(run.verdict).toBe('pass');
  expect(run.reasons[0]).toContain('It did not break up to 200/s');
  expect(answers.breakpoint).toMatchObject({ status: 'notReached', firstBreach: null });
});

it('fails where the first step broke already', () => {
  const { run, answers } = answered(throttling(5));
  expect(run.verdict).toBe('fail');
  expect(answers.breakpoint?.status).toBe('belowFirstStep');
});
