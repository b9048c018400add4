import { expect, it } from 'vitest';
import { quantile } from '../../../lib/core/histogram/quantile.ts';
import { renderWindowsCsv } from '../../../lib/core/render/render-windows-csv.ts';
import { seriesReport } from '../../page/sample-series.ts';

const report = seriesReport();

function records(csv: string): Record<string, string>[] {
  const [head = '', ...lines] = csv.split('\r\n').slice(0, -1);
  const names = head.split(',');
  return lines.map((line) => {
    const fields = line.split(',');
    expect(fields.length).toBe(names.length);
    return Object.fromEntries(names.map((name, at) => [name, fields[at] as string]));
  });
}

it('has a line for each window, with its counts and its own percentiles', () => {
  const rows = records(renderWindowsCsv(report));
  expect(rows.length).toBe(report.windows.length);
  for (const [at, row] of rows.entries()) {
    const window = report.windows[at];
    expect(Number(row['start_offset_ms'])).toBe(window?.startOffsetMs);
    expect(Number(row['created_orders'])).toBe(window?.outcomes.created);
    expect(Number(row['throttled_orders'])).toBe(window?.outcomes.throttled);
    expect(Number(row['dropped_orders'])).toBe(window?.dropped);
    expect(Number(row['in_flight_orders'])).toBe(window?.inFlight);
    expect(Number(row['vus_count'])).toBe(1);
    const p95 = window && quantile(window.success, 0.95);
    expect(Number(row['success_p95_ms'])).toBeCloseTo(p95 ?? Number.NaN, 5);
  }
  const total = rows.reduce((sum, row) => sum + Number(row['resolved_orders']), 0);
  expect(total).toBe(report.requests.total);
});

it('leaves a field empty for what is not known, and fills it with what the platform saw', () => {
  const [first, ...others] = report.windows;
  const platform = { concurrency: 7, coldStarts: null, throttles: 0 };
  const { inFlight: _, ...uncounted } = first as NonNullable<typeof first>;
  const windows = [{ ...uncounted, platform, vus: null }, ...others];
  const [row, other] = records(renderWindowsCsv({ ...report, windows }));
  expect(row).toMatchObject({
    platform_concurrency_count: '7',
    platform_cold_starts_count: '',
    platform_throttles_count: '0',
    vus_count: '',
    in_flight_orders: '',
  });
  expect(other?.['platform_concurrency_count']).toBe('');
});

it('is a header alone without windows', () => {
  expect(renderWindowsCsv({ ...report, windows: [] })).toMatch(/^start_offset_ms,[a-z0-9_,]+\r\n$/);
});
