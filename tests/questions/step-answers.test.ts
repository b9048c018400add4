import { expect, it } from 'vitest';
import { answerReport } from '../../lib/questions/answer-report.ts';
import { answerTexts } from '../../lib/questions/answer-texts.ts';
import { rampReport, throttling } from '../core/judge/sample-steps.ts';

it('tells capacity, concurrency and every step', () => {
  const [text] = answerTexts(answerReport(rampReport(throttling(100))));
  expect(text?.question).toBe('How many orders per second can it take within the SLO?');
  expect(text?.lines).toEqual([
    expect.stringMatching(/^Capacity is 88\.9\/s within the SLO \(between 88\.9\/s and 133\/s\)/),
    expect.stringMatching(/^At 88\.9\/s, 1\.7\d orders are in progress at once/),
    expect.stringMatching(
      /^On its own, a limit of 1000 concurrent calls \(assumed: the AWS default\) would allow/,
    ),
    expect.stringMatching(/^step-1 +11\.7\/s .* ok \(too few orders to be clear\)$/),
    ...[2, 3, 4, 5, 6].map((n) => expect.stringMatching(new RegExp(`^step-${n} .* ok`))),
    ...[7, 8].map((n) => expect.stringMatching(new RegExp(`^step-${n} .* NOT OK: throttled$`))),
  ]);
});

it('tells where a target broke, and why the run ended there', () => {
  const report = rampReport(throttling(100), {
    scenario: 'breakpoint',
    status: 'aborted',
    abortReason: 'the target has collapsed',
  });
  const [text] = answerTexts(answerReport(report));
  expect(text?.lines.slice(0, 2)).toEqual([
    expect.stringMatching(/^It broke at 133\/s by throttled .*88\.9\/s held/),
    'Stopped early: the target has collapsed',
  ]);
});
