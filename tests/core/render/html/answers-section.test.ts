import { expect, it } from 'vitest';
import { renderAnswers } from '../../../../lib/core/render/html/answers-section.ts';
import { answerReport } from '../../../../lib/questions/answer-report.ts';
import { rampReport, throttling } from '../../judge/sample-steps.ts';
import { sampleReport } from '../../report/sample-run.ts';

it('shows the answer in words and its figures in a table, without what the verdict says', () => {
  const report = answerReport(rampReport(throttling(100)));
  const text = renderAnswers(report)?.text ?? '';
  expect(text).toMatch(/<h3>How many orders .*<\/h3><p class="lead">At 88\.9\/s, /);
  expect(text).not.toContain('Highest rate that held');
  expect(text).toContain('<caption>Steps, by rate</caption>');
  expect(text).toMatch(/<span class="bad">✕ missed: throttled<\/span>/);
});

it('is absent where no question was answered', () => {
  expect(renderAnswers(sampleReport())).toBeNull();
});
