import { describe, expect, it } from 'vitest';
import { EMPTY_HISTOGRAM } from '../../../lib/core/histogram/histogram.ts';
import { renderSummary } from '../../../lib/core/render/terminal-summary.ts';
import { formatUsd } from '../../../lib/core/report/format-figure.ts';
import { repeat, sampleReport } from '../report/sample-run.ts';

const plain = { colors: false, width: 100 };
const ESC = '\u001b';

describe('renderSummary', () => {
  it('begins with the verdict and its reason', () => {
    const lines = renderSummary(sampleReport(), plain).split('\n');
    expect(lines[0]).toMatch(/^✓ PASS {2}Every SLO was met: success 100% \(SLO 99%\), p95 2/);
  });

  it.each([
    ['FAIL', { latencies: { created: repeat(900, 20), serverError: repeat(100, 2) } }],
    ['INVALID', { changes: { ended: false } }],
  ])('says %s on the first line', (verdict, shape) => {
    expect(renderSummary(sampleReport(shape), plain)).toMatch(new RegExp(`^\\S ${verdict} {2}\\S`));
  });

  const throttled = () =>
    sampleReport({ latencies: { created: repeat(900, 20), throttled: repeat(100, 2) } });

  it('shows each figure with its limit, the outcomes that occurred, and the latency', () => {
    const text = renderSummary(throttled(), { ...plain, width: 120 });
    expect(text).toMatch(
      /^Success +90% {2}✕ missed {2}required: at least 99%; 95% interval 87\.98% to 91\.71%$/m,
    );
    expect(text).toMatch(/^p95 latency +2\S* ms {2}✓ met {2}required: at most 100 ms/m);
    expect(text).toMatch(/^throttled +100 +10%/m);
    expect(text).not.toContain('server error');
    expect(text).toMatch(/^ {2}stored +2\S* ms/m);
    expect(text).toMatch(/^ {2}all sent /m);
    expect(text).toContain('locally; about');
  });

  it('shows neither outcomes nor the latency of all orders where all were stored', () => {
    const text = renderSummary(sampleReport(), plain);
    expect(text).not.toMatch(/^created/m);
    expect(text).not.toContain('all sent');
  });

  it('ends with what to do next and the page', () => {
    const page = { path: 'results/r1/report.html', url: null };
    expect(renderSummary(throttled(), { ...plain, page })).toMatch(
      /\n\nNext {2}Raise what limits the target.*\n(.*\n)*\nresults\/r1\/report\.html\n$/,
    );
    const linked = { ...page, url: 'file:///tmp/results/r1/report.html' };
    expect(renderSummary(throttled(), { ...plain, page: linked })).toMatch(
      new RegExp(`\n${ESC}]8;;${linked.url}${ESC}\\\\${page.path}${ESC}]8;;${ESC}\\\\\n$`),
    );
  });

  it('breaks lines at words, and below the text that they go on', () => {
    const lines = renderSummary(throttled(), { colors: false, width: 60 }).split('\n');
    for (const line of lines.filter((one) => !/latency|stored|all sent|[█▁]/.test(one))) {
      expect(line.length).toBeLessThanOrEqual(60);
    }
    expect(lines).toContain('Success           90%  ✕ missed  required: at least 99%; 95%');
    expect(lines).toContain('                  interval 87.98% to 91.71%');
  });

  it('leaves lines whole that no terminal shows', () => {
    const report = sampleReport({ latencies: { created: repeat(900, 20) }, dropped: 100 });
    const text = renderSummary(report, { colors: false, width: Number.POSITIVE_INFINITY });
    expect(text).toMatch(/^\? INVALID {2}100 orders .{100,}lies in between\.$/m);
    expect(text).not.toMatch(/NaN|Infinity/);
  });

  it('shows the course of p95 where a run has several windows', () => {
    const report = sampleReport();
    const [window] = report.windows;
    const slow = sampleReport({ latencies: { created: repeat(1000, 500) } }).windows[0];
    if (window === undefined || slow === undefined) throw new Error('no window');
    const windows = [window, window, slow, { ...window, success: EMPTY_HISTOGRAM }].map(
      (one, position) => ({ ...one, startOffsetMs: position * 1000, lengthMs: 1000 }),
    );
    const text = renderSummary({ ...report, windows }, plain);
    expect(text).toMatch(
      /^p95 over time {5}▁▁█\n {18}0 to 4 s; highest 5\d\d ms at 2 s \(SLO 100 ms\)$/m,
    );
    expect(renderSummary(report, plain)).not.toContain('over time');
  });

  it('heads a run that measures by what it measured', () => {
    const report = sampleReport();
    const run = { ...report.run, scenario: 'ramp', reasons: ['It held 40/s.'] };
    const text = renderSummary({ ...report, run }, plain);
    expect(text).toMatch(/^◆ MEASURED {2}It held 40\/s\.\n/);
    expect(text).not.toMatch(/✓|✕|required/);
  });

  it('says behind the word how a run ended early', () => {
    const text = renderSummary(sampleReport({}, { context: { status: 'interrupted' } }), plain);
    expect(text).toMatch(/^✓ PASS \(interrupted\) {2}/);
    const report = sampleReport({}, { context: { status: 'aborted' } });
    expect(renderSummary(report, plain)).toMatch(/^✓ PASS \(stopped early\) {2}/);
    // To be stopped is how a measurement ends.
    const run = { ...report.run, scenario: 'breakpoint' };
    expect(renderSummary({ ...report, run }, plain)).toMatch(/^◆ MEASURED {2}/);
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
    expect(text).not.toMatch(/^(. )?PASS/m);
  });

  it('can show a run in which nothing happened', () => {
    const text = renderSummary(sampleReport({ latencies: {}, started: 0 }), plain);
    expect(text).toMatch(/^\? INVALID {2}No order was started/);
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
