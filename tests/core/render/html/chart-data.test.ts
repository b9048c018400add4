import { expect, it } from 'vitest';
import { quantile } from '../../../../lib/core/histogram/quantile.ts';
import { chartDataOf } from '../../../../lib/core/render/html/chart-data.ts';
import { seriesReport } from '../../../page/sample-series.ts';

it('draws rates a second, percentiles and what occurred, window by window', () => {
  const report = seriesReport();
  const data = chartDataOf(report);
  expect(data.atSeconds).toEqual([0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5]);
  expect(data.rates.served).toEqual([100, 100, 100, 100, 100, 60, 100, 100, 100, 100]);
  expect(data.rates.offered).toEqual([100, 100, 100, 100, 100, 100, 100, 100, 100, 105]);
  expect(data.rates.planned).toEqual(Array.from({ length: 10 }, () => 100));
  expect(data.outcomes.map(({ name }) => name)).toEqual(['created', 'throttled', 'dropped']);
  report.windows.forEach(({ success }, position) => {
    expect(data.latencyMs.p95[position]).toBeCloseTo(quantile(success, 0.95) as number, 1);
  });
  // 100/s × 0.4 s.
  expect(data.inFlight[7]).toBeCloseTo(40, 0);
  expect(data.coldStarts?.[0]).toBe(3);
  expect(data.environments).toBeNull();
});

it('keeps seconds exact in a run of hours', () => {
  const report = seriesReport();
  const [window] = report.windows;
  if (window === undefined) throw new Error('no window');
  const late = { ...window, startOffsetMs: 7_201_250, lengthMs: 30_000 };
  expect(chartDataOf({ ...report, windows: [late] }).atSeconds).toEqual([7216.25]);
});
