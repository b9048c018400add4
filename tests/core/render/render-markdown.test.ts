import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../../lib/core/render/render-markdown.ts';
import { answerReport } from '../../../lib/questions/answer-report.ts';
import { rampReport, throttling } from '../judge/sample-steps.ts';
import { repeat, sampleReport } from '../report/sample-run.ts';
import { hostileReport } from './hostile-report.ts';

describe('renderMarkdown', () => {
  it.each([
    ['✅ Pass', {}],
    ['❌ Fail', { latencies: { created: repeat(900, 20), serverError: repeat(100, 2) } }],
    ['⚠️ Invalid', { changes: { ended: false } }],
  ])('begins with %s and the reason', (verdict, shape) => {
    expect(renderMarkdown(sampleReport(shape))).toMatch(new RegExp(`^### ${verdict}: \\S`));
  });

  it('has outcome, next step and figures above the fold, and all else below it', () => {
    const text = renderMarkdown(
      sampleReport({ latencies: { created: repeat(900, 20), throttled: repeat(100, 2) } }),
    );
    const [above = '', below = ''] = text.split('<details>');
    expect(above).toMatch(/^### ❌ Fail.*\n\n(.*\n)*\*\*Next:\*\* (.*\n)*\| Success \|/);
    expect(above.split('\n').length).toBeLessThan(25);
    expect(below).toContain('| Latency |');
    expect(below).toMatch(/<\/details>\n$/);
  });

  it('shows figures, service levels, outcomes and latency', () => {
    const text = renderMarkdown(
      sampleReport({ latencies: { created: repeat(900, 20), throttled: repeat(100, 2) } }),
    );
    expect(text).toContain(
      '| Success | **90%** | ❌ **missed** | required&#58; at least 99%; 95% interval 87.98% to 91.71% |',
    );
    expect(text).toContain('| throttled | 100 | 10% |');
    expect(text).toMatch(/\| stored \| \d/);
    expect(text).not.toMatch(/NaN|null|undefined|Infinity/);
  });

  it('asks a question above the fold if the outcome does not say the answer', () => {
    const report = answerReport(rampReport(throttling(100)));
    const above = (one: typeof report) => renderMarkdown(one).split('<details>')[0];
    expect(above(report)).not.toContain('How many orders');
    const run = { ...report.run, reasons: ['Something else.'] };
    expect(above({ ...report, run })).toContain('**How many orders');
  });

  it('calls no service level met in a run that proves nothing', () => {
    const text = renderMarkdown(sampleReport({ changes: { ended: false } }));
    expect(text).not.toMatch(/met \|/);
  });

  it('leaves text from outside without a meaning', () => {
    const text = renderMarkdown(hostileReport());
    const own = /<\/?(details|summary|sub)>/g;
    expect(text.replace(own, '')).not.toMatch(/[<`@]|\*\*c|\]\(|https?:|www\.|javascript:/);
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cs}]/u);
    // An @ that the page shows is looked up there, unless something stands between it and the name.
    expect(text).toContain('&#64;&#8203;octocat');
    expect(text).not.toMatch(/^&#35;|^# f/m);
    for (const row of text.split('\n').filter((line) => line.startsWith('| '))) {
      expect([3, 4, 5, 8]).toContain(row.split('|').length - 1);
    }
  });

  it('stays below the 64 KB of a comment', () => {
    const report = hostileReport('<'.repeat(100_000));
    const rows = Array.from({ length: 500 }, () => report.answers.contract?.rows[0]).flatMap(
      (row) => (row === undefined ? [] : [row]),
    );
    const reasons = Array.from({ length: 500 }, () => '|'.repeat(5000));
    const contract = { requests: 1, idPrefix: '', latencyFloorMs: null, rows };
    const long = { ...report, run: { ...report.run, reasons }, answers: { contract } };
    const bytes = new TextEncoder().encode(renderMarkdown(long)).length;
    expect(bytes).toBeLessThanOrEqual(65_536);
    expect(bytes).toBeGreaterThan(1000);
  });

  it('can show a run in which nothing happened', () => {
    const text = renderMarkdown(sampleReport({ latencies: {}, started: 0 }));
    expect(text).toMatch(/^### ⚠️ Invalid: No order was started/);
    expect(text).not.toMatch(/NaN|null|undefined|Infinity/);
  });
});
