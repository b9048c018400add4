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
  expect(data.inFlight).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
  expect(data.isInFlightDerived).toBe(false);
  expect(data.coldStarts?.[0]).toBe(3);
  expect(data.environments).toBeNull();
});

it('calls what was not sent by a name that says so', () => {
  const { outcomes } = chartDataOf(seriesReport());
  expect(outcomes.map(({ label }) => label)).toEqual(['created', 'throttled', 'dropped']);
  expect(outcomes[2]?.perSecond).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 5]);
});

it('derives orders in flight where no window counted them', () => {
  const report = seriesReport();
  const windows = report.windows.map(({ inFlight: _, ...window }) => window);
  const data = chartDataOf({ ...report, windows });
  expect(data.isInFlightDerived).toBe(true);
  // 100/s × 0.4 s.
  expect(data.inFlight[7]).toBeCloseTo(40, 0);
  // A window that nobody counted is a gap, not a guess.
  const [first, ...others] = report.windows;
  const { inFlight: _, ...uncounted } = first as NonNullable<typeof first>;
  const mixed = chartDataOf({ ...report, windows: [uncounted, ...others] });
  expect(mixed.inFlight.slice(0, 2)).toEqual([null, 11]);
});

it('keeps seconds exact in a run of hours', () => {
  const report = seriesReport();
  const [window] = report.windows;
  if (window === undefined) throw new Error('no window');
  const late = { ...window, startOffsetMs: 7_201_250, lengthMs: 30_000 };
  expect(chartDataOf({ ...report, windows: [late] }).atSeconds).toEqual([7216.25]);
});
