import { expect, it } from 'vitest';
import { quantile } from '../../../../lib/core/histogram/quantile.ts';
import {
  type ChartData,
  chartDataOf,
  windowText,
} from '../../../../lib/core/render/html/chart-data.ts';
import { seriesReport } from '../../../page/sample-series.ts';

function seriesOf({ charts }: ChartData, id: string) {
  return charts.find((chart) => chart.id === id)?.series ?? [];
}

function valuesOf(data: ChartData, id: string, name: string) {
  return seriesOf(data, id).find((series) => series.name === name)?.values;
}

it('draws rates a second, percentiles and what occurred, window by window', () => {
  const report = seriesReport();
  const data = chartDataOf(report);
  expect(data.atSeconds).toEqual([0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5]);
  expect(valuesOf(data, 'rates', 'Stored')).toEqual([
    100, 100, 100, 100, 100, 60, 100, 100, 100, 100,
  ]);
  expect(valuesOf(data, 'rates', 'Offered')).toEqual([
    100, 100, 100, 100, 100, 100, 100, 100, 100, 105,
  ]);
  expect(valuesOf(data, 'rates', 'Planned')).toEqual(Array.from({ length: 10 }, () => 100));
  const p95 = valuesOf(data, 'latency', 'p95');
  report.windows.forEach(({ success }, position) => {
    expect(p95?.[position]).toBeCloseTo(quantile(success, 0.95) as number, 1);
  });
  expect(valuesOf(data, 'concurrency', 'In flight')).toEqual([
    10, 11, 12, 13, 14, 15, 16, 17, 18, 19,
  ]);
  expect(valuesOf(data, 'concurrency', 'Cold starts')?.[0]).toBe(3);
  expect(valuesOf(data, 'concurrency', 'Environments')).toBeUndefined();
});

it('calls what was not sent by a name that says so', () => {
  const data = chartDataOf(seriesReport());
  expect(seriesOf(data, 'outcomes').map(({ name }) => name)).toEqual([
    'created',
    'throttled',
    'dropped',
  ]);
  expect(valuesOf(data, 'outcomes', 'dropped')).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 5]);
});

it('says of each series what it came to, for a legend without a crosshair', () => {
  const data = chartDataOf(seriesReport());
  const overall = (id: string) =>
    seriesOf(data, id).map((series) => `${series.name} ${series.overall}`);
  expect(overall('rates')).toEqual([
    'Planned up to 100/s',
    'Offered up to 105/s',
    'Stored up to 100/s',
  ]);
  expect(overall('latency')[0]).toMatch(/^p50 2\d(\.\d)? ms overall$/);
  expect(overall('outcomes')).toEqual([
    'created 960 orders',
    'throttled 40 orders',
    'dropped 5 orders',
  ]);
  expect(overall('concurrency')).toEqual(['Cold starts 3 in total', 'In flight up to 19']);
});

it('derives orders in flight where no window counted them', () => {
  const report = seriesReport();
  const windows = report.windows.map(({ inFlight: _, ...window }) => window);
  const data = chartDataOf({ ...report, windows });
  expect(data.charts.find(({ id }) => id === 'concurrency')?.note).toContain('Little’s law');
  // 100/s × 0.4 s.
  expect(valuesOf(data, 'concurrency', 'In flight')?.[7]).toBeCloseTo(40, 0);
  // A window that nobody counted is a gap, not a guess.
  const [first, ...others] = report.windows;
  const { inFlight: _, ...uncounted } = first as NonNullable<typeof first>;
  const mixed = chartDataOf({ ...report, windows: [uncounted, ...others] });
  expect(valuesOf(mixed, 'concurrency', 'In flight')?.slice(0, 2)).toEqual([null, 11]);
});

it('draws memory only if it changes', () => {
  const report = seriesReport();
  const withMemory = (levels: (position: number) => number) => {
    const windows = report.windows.map((window, position) => ({
      ...window,
      environmentMemoryMb: levels(position),
    }));
    return chartDataOf({ ...report, windows }).charts.map(({ id }) => id);
  };
  expect(withMemory((position) => 80 + position * 5)).toContain('memory');
  expect(withMemory(() => 85)).not.toContain('memory');
});

it('keeps seconds exact in a run of hours', () => {
  const report = seriesReport();
  const [window] = report.windows;
  if (window === undefined) throw new Error('no window');
  const late = { ...window, startOffsetMs: 7_201_250, lengthMs: 30_000 };
  const data = chartDataOf({ ...report, windows: [late] });
  expect(data.atSeconds).toEqual([7216.25]);
  expect(windowText(data, 0)).toBe('2 h 1 s to 2 h 31 s');
});
