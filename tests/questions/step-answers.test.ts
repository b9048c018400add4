import { expect, it } from 'vitest';
import { answerReport } from '../../lib/questions/answer-report.ts';
import { answerTexts } from '../../lib/questions/answer-texts.ts';
import { rampReport, type Target, throttling } from '../core/judge/sample-steps.ts';
import { repeat } from '../core/report/sample-run.ts';

const THROTTLED = rampReport(throttling(100));

it('tells what the verdict of a ramp does not: concurrency, and every step in a table', () => {
  const [text] = answerTexts(answerReport(THROTTLED));
  expect(text?.question).toBe('How many orders per second can it take within the SLO?');
  expect(text?.lines).toEqual([
    expect.stringMatching(/^At 88\.9\/s, 1\.7\d orders are in progress at once/),
  ]);
  expect(text?.tile).toEqual({
    label: 'Capacity',
    value: '88.9/s',
    note: 'certain: between 88.9/s and 133/s',
  });
  const [table] = text?.tables ?? [];
  expect(table?.rows.map(([step, rate, , , , , , , result]) => [step, rate, result])).toEqual([
    ['step 1', '11.7/s', { text: 'held, not certain', tone: 'open' }],
    ['step 2', '17.6/s', { text: 'held, not certain', tone: 'open' }],
    ...[3, 4, 5, 6].map((n) => [`step ${n}`, expect.any(String), { text: 'held', tone: 'good' }]),
    ...[7, 8].map((n) => [
      `step ${n}`,
      expect.any(String),
      { text: 'missed: throttled', tone: 'bad' },
    ]),
  ]);
});

it('plots p95 and success over the rate, apart by result, with the SLO', () => {
  const [text] = answerTexts(answerReport(THROTTLED));
  expect(text?.plots?.map(({ id, levels: [level] }) => [id, level])).toEqual([
    ['step-p95', { y: 100, label: 'SLO of p95: 100 ms' }],
    ['step-success', { y: 0.99, label: 'SLO of success: 99%' }],
  ]);
  const success = text?.plots?.[1]?.lines;
  expect(success?.map(({ name, points }) => [name, points.length])).toEqual([
    ['held', 6],
    ['missed', 2],
  ]);
  expect(success?.[1]?.points[0]).toEqual([133, expect.closeTo(0.75, 2)]);
});

it('says once that a rate is not certain, and with how many orders', () => {
  const few: Target = (rate, orders) =>
    rate < 12
      ? { created: repeat(orders, 20) }
      : { created: repeat(orders - 60, 20), throttled: repeat(60, 2) };
  const { run, answers } = answerReport(rampReport(few));
  expect(run.reasons[0]).toBe(
    'Highest rate that held: 11.7/s, not certain with 176 orders; 17.6/s did not: 23% throttled (60 of 264 orders).',
  );
  expect(answers.capacity?.notes).toEqual([]);
});

it('tells where a target broke, and why the run ended there', () => {
  const report = rampReport(throttling(100), {
    scenario: 'breakpoint',
    status: 'aborted',
    abortReason: 'the target has collapsed',
  });
  const answered = answerReport(report);
  expect(answered.run.reasons[0]).toMatch(
    /^It broke at 133\/s: 25% throttled \(.* orders\); 88\.9\/s held\. It did not collapse up to 200\/s and stored at most \d+\/s\.$/,
  );
  const [text] = answerTexts(answered);
  expect(text?.lines).toEqual(['Stopped early: the target has collapsed']);
  expect(text?.tile).toEqual({ label: 'Breaking point', value: '133/s', note: '88.9/s held' });
});
