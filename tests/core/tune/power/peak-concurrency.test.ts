import { describe, expect, it } from 'vitest';
import { peakConcurrency } from '../../../../lib/core/tune/power/peak-concurrency.ts';
import { reportAt } from './report-at.ts';

describe('peakConcurrency', () => {
  it('counts what overlaps, INIT included', () => {
    const reports = [
      reportAt(1020, { durationMs: 100 }),
      reportAt(1050, { durationMs: 100 }),
      reportAt(1300, { durationMs: 10, initMs: 280 }),
    ];
    expect(peakConcurrency(reports)).toBe(3);
    expect(peakConcurrency(reports.slice(0, 2))).toBe(2);
  });

  it('counts one that starts as another ends as one', () => {
    expect(
      peakConcurrency([reportAt(100, { durationMs: 50 }), reportAt(150, { durationMs: 50 })]),
    ).toBe(1);
  });

  it('is null without any', () => {
    expect(peakConcurrency([])).toBeNull();
  });
});
