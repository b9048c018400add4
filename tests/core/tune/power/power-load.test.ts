import { describe, expect, it } from 'vitest';
import type { Report } from '../../../../lib/core/report/schema/report-schema.ts';
import { powerLoadMeasurement } from '../../../../lib/core/tune/power/power-load.ts';
import { reportAt } from './report-at.ts';

/** The parts of a report that count here: 90 orders stored after a warm-up of 10. */
function reportOf(verdict: 'pass' | 'invalid' = 'pass'): Report {
  const none = { duplicate: 0, throttled: 0 };
  return {
    run: { verdict, reasons: verdict === 'pass' ? [] : ['k6 was too slow'] },
    requests: { offered: 90, successRatio: 1, outcomes: { ...none, created: 90 } },
    warmup: { outcomes: { ...none, created: 8, duplicate: 2 } },
    latencyMs: { success: { p95: 40, p99: 50 } },
  } as unknown as Report;
}

const reports = (count: number) =>
  Array.from({ length: count }, (_, index) => reportAt(1000 + index, { durationMs: 5 }));

const measure = (report: Report, count: number) =>
  powerLoadMeasurement({ report, path: 'runs/1/report.json', reports: reports(count) });

describe('powerLoadMeasurement', () => {
  it('has what the client saw, and Lambda’s reports', () => {
    expect(measure(reportOf(), 100)).toMatchObject({
      load: {
        report: 'runs/1/report.json',
        verdict: 'pass',
        reason: null,
        offered: 90,
        successRatio: 1,
        p95Ms: 40,
        p99Ms: 50,
        peakConcurrency: 5,
      },
      failure: null,
      problem: null,
    });
  });

  it('does not count a round whose log has a hole', () => {
    expect(measure(reportOf(), 98).problem).toBeNull();
    expect(measure(reportOf(), 97).problem).toBe(
      "Lambda's log has 97 reports of this size for 100 stored orders",
    );
  });

  it('does not count an INVALID run', () => {
    expect(measure(reportOf('invalid'), 100).problem).toBe('the run was INVALID: k6 was too slow');
  });
});
