import { expect, it } from 'vitest';
import { renderLatencyTable } from '../../../../lib/core/render/html/latency-table.ts';
import type { Report } from '../../../../lib/core/report/schema/report-schema.ts';
import { seriesReport } from '../../../page/sample-series.ts';
import { repeat, sampleReport } from '../../report/sample-run.ts';

/** The cells of each row, without markup. */
function rowsOf(report: Report): string[][] {
  const [, body = ''] = renderLatencyTable(report).text.split('<tbody>');
  return body
    .split('</tr>')
    .slice(0, -1)
    .map((row) =>
      row
        .split(/<\/t[hd]>/)
        .slice(0, -1)
        .map((cell) => cell.replace('<br>', ' ').replace(/<[^>]*>/g, '')),
    );
}

it('makes one row of equal ones, and keeps those that differ', () => {
  const latencies = { created: repeat(200, 20) };
  expect(rowsOf(sampleReport({ latencies })).map(([name]) => name)).toEqual([
    'stored = all sent = created',
  ]);
  const failing = sampleReport({ latencies: { ...latencies, throttled: repeat(40, 3) } });
  expect(rowsOf(failing).map(([name]) => name)).toEqual([
    'stored = created',
    'all sent',
    'throttled',
  ]);
});

it('calls a percentile too few if it would only be the maximum', () => {
  const percentilesOf = (orders: number) =>
    rowsOf(sampleReport({ latencies: { created: repeat(orders, 20) } }))[0]
      ?.slice(4, 9)
      .map((cell) => cell === 'too few');
  expect(percentilesOf(19)).toEqual([false, false, true, true, true]);
  expect(percentilesOf(20)).toEqual([false, false, false, true, true]);
  expect(percentilesOf(99)).toEqual([false, false, false, true, true]);
  expect(percentilesOf(100)).toEqual([false, false, false, false, true]);
  expect(percentilesOf(1000)).toEqual([false, false, false, false, false]);
});

it('has the interval of each percentile of stored orders below it, and of no other row', () => {
  const [stored = [], ...others] = rowsOf(seriesReport());
  expect(stored[4]).toMatch(/^\d+(\.\d)? ms \d+(\.\d)?–\d+(\.\d)? ms$/);
  expect(others.flat().join()).not.toContain('–');
});
