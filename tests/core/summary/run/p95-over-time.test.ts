import { expect, it } from 'vitest';
import { p95OverTime } from '../../../../lib/core/summary/run/p95-over-time.ts';
import { fromValues } from '../../histogram/from-values.ts';
import { repeat, sampleReport } from '../../report/sample-run.ts';

/** A run with windows of a second, each with so many orders of so many milliseconds. */
function windows(...each: readonly (readonly [orders: number, ms: number])[]) {
  const report = sampleReport();
  const [window] = report.windows;
  if (window === undefined) throw new Error('no window');
  return {
    load: report.load,
    windows: each.map(([orders, ms], position) => ({
      ...window,
      startOffsetMs: position * 1000,
      lengthMs: 1000,
      success: fromValues(repeat(orders, ms)),
    })),
  };
}

it('is the p95 of each window, with a gap for too few orders', () => {
  const course = p95OverTime(windows([10, 20], [10, 20], [7, 900], [10, 200], [10, 20]), 60);
  expect(course?.valuesMs.map((ms) => ms && Math.round(ms / 10))).toEqual([2, 2, null, 20, 2]);
  expect(course?.spanMs).toBe(1000);
  expect(course?.worst.fromMs).toBe(3000);
});

it('takes windows together where there are more than points', () => {
  const ten = Array.from({ length: 10 }, () => [10, 20] as const);
  const course = p95OverTime(windows(...ten), 5);
  expect([course?.valuesMs.length, course?.spanMs]).toEqual([5, 2000]);
});

it('takes windows together where most have too few orders, down to four points', () => {
  const eight = Array.from({ length: 8 }, () => [4, 20] as const);
  expect(p95OverTime(windows(...eight), 60)).toMatchObject({ spanMs: 2000 });
  expect(p95OverTime(windows(...eight.slice(0, 7)), 60)).toBeNull();
});

it('leaves out what came after the load', () => {
  const course = p95OverTime(windows(...Array.from({ length: 13 }, () => [10, 20] as const)), 60);
  expect(course?.valuesMs).toHaveLength(10);
});
