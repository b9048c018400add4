import { describe, expect, it } from 'vitest';
import { roundFigures } from '../../../../lib/core/tune/power/round-figures.ts';
import { reportAt } from './report-at.ts';

const cell = { memoryMb: 512, architecture: 'x86' } as const;
const direct = { failedCalls: 0, failure: null, load: null, problem: null };

describe('roundFigures', () => {
  it('has the means of warm invocations', () => {
    const reports = [
      reportAt(1, { durationMs: 10, billedMs: 10 }),
      reportAt(2, { durationMs: 30, billedMs: 30 }),
      reportAt(3, { durationMs: 500, billedMs: 900, initMs: 400 }),
      reportAt(4, { durationMs: 900, billedMs: 900, status: 'timeout' }),
    ];
    // 20 ms × 0.5 GB × $0.0000166667 and a request of $0.0000002, a million times.
    expect(roundFigures(cell, { ...direct, reports, failedCalls: 1 })).toBe(
      'duration 20 ms, $0.367 per million, 2 warm, 1 cold, 1 failed',
    );
  });

  it('says what went wrong instead', () => {
    expect(roundFigures(cell, { ...direct, reports: [], problem: 'INVALID' })).toBe('INVALID');
    expect(roundFigures(cell, { ...direct, reports: [], failure: 'refused' })).toBe('refused');
  });
});
