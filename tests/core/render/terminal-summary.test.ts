import { describe, expect, it } from 'vitest';
import { renderSummary } from '../../../lib/core/render/terminal-summary.ts';
import { formatUsd } from '../../../lib/core/report/format-figure.ts';
import { repeat, sampleReport } from '../report/sample-run.ts';

const plain = { colors: false, width: 100 };
const ESC = '\u001b';

describe('renderSummary', () => {
  it('begins with the verdict and its reason', () => {
    const lines = renderSummary(sampleReport(), plain).split('\n');
    expect(lines[0]).toMatch(/^PASS Every SLO was met: success 100% \(SLO 99%\), p95 2/);
  });

  it.each([
    ['FAIL', { latencies: { created: repeat(900, 20), serverError: repeat(100, 2) } }],
    ['INVALID', { changes: { ended: false } }],
  ])('says %s on the first line', (verdict, shape) => {
    expect(renderSummary(sampleReport(shape), plain)).toMatch(new RegExp(`^${verdict} \\S`));
  });

  it('shows the outcomes that occurred, the latency and where the report is', () => {
    const text = renderSummary(
      sampleReport({ latencies: { created: repeat(900, 20), throttled: repeat(100, 2) } }),
      { ...plain, reportPath: 'results/r1/report.json' },
    );
    expect(text).toMatch(/success +90% \(95% interval 87\.98% to 91\.71%\)/);
    expect(text).toMatch(/throttled +100 +10%/);
    expect(text).not.toContain('serverError');
    expect(text).toContain('locally; about');
    expect(text).toMatch(/report +results\/r1\/report\.json/);
  });

  it('has no escape sequence without colors and some with them', () => {
    expect(renderSummary(sampleReport(), plain)).not.toContain(ESC);
    expect(renderSummary(sampleReport(), { ...plain, colors: true })).toContain(ESC);
  });

  it('lets nothing from outside reach the terminal raw', () => {
    const evil = `${ESC}[2J\u009b31m\u202e\nPASS`;
    const text = renderSummary(
      sampleReport(
        { changes: { faults: [evil], runner: evil } },
        {
          context: {
            label: evil,
            k6Version: evil,
            k6: { exitCode: 0, signal: null, exceptions: [{ message: evil, count: 1 }] },
            target: { label: evil, deployment: null, platform: 'other', memoryMb: null },
          },
        },
      ),
      plain,
    );
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(text).not.toMatch(/^PASS/m);
  });

  it('can show a run in which nothing happened', () => {
    const text = renderSummary(sampleReport({ latencies: {}, started: 0 }), plain);
    expect(text).toMatch(/^INVALID No order was started/);
    expect(text).not.toMatch(/NaN|null|undefined|Infinity/);
  });
});

it.each([
  [0, '$0'],
  [0.00001, 'less than $0.0001'],
  [0.0123, '$0.012'],
  [12.345, '$12.35'],
])('writes %d dollars as %s', (usd, text) => {
  expect(formatUsd(usd)).toBe(text);
});
