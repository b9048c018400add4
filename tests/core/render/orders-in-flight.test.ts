import { describe, expect, it } from 'vitest';
import {
  REPORT_FORMATS,
  type ReportFormat,
  renderReportFiles,
} from '../../../lib/core/render/report-files.ts';
import type { Report } from '../../../lib/core/report/schema/report-schema.ts';
import { seriesReport } from '../../page/sample-series.ts';
import { type RunnerShape, repeat, sampleReport } from '../report/sample-run.ts';

const PAGE = { script: '', scriptHash: '', style: '', styleHash: '' };

function rendered(report: Report, format: ReportFormat): string {
  const [file] = renderReportFiles(report, [format], PAGE);
  return file?.text ?? '';
}

/** The values beside a name in the tables of the page. */
function cell(report: Report, name: string): string | undefined {
  const rows = rendered(report, 'html').match(/<tr>.*?<\/tr>/g) ?? [];
  const row = rows.findLast((one) => one.includes(`<th scope="row">${name}</th>`));
  return row
    ?.replace(/<th.*<\/th>/, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** 993 orders on time but for ten, and seven not sent. */
const shape: RunnerShape = {
  latencies: { created: repeat(993, 20) },
  dropped: { inFlight: 4, ports: 3 },
  lateness: [...repeat(983, 1), ...repeat(10, 40)],
  ...{ inFlight: 1042, vus: 2 },
};
const plan = {
  arrivals: { kind: 'poisson' },
  ...{ maxInFlight: 1500, inFlightBound: 1750, clients: 2 },
} as const;
const heldBack = { quotaMs: 12, pressureShare: 0.25 };
const context = { generator: { cpuSeconds: 1, peakRssBytes: 1e8, heldBack } };
const full = () => sampleReport(shape, { plan, context });
const unknown = () => sampleReport({ inFlight: null });

describe('orders in flight and orders that were not sent', () => {
  it('are on the terminal', () => {
    const text = rendered(full(), 'text');
    expect(text).toMatch(/\ndropped +7 +0\.7%/);
    expect(text).toMatch(/\nlateness +p50 0\.99 ms, p99 39\.8 ms; at most 1,042 in flight\n/);
    expect(rendered(unknown(), 'text')).not.toMatch(/lateness|in flight|dropped/);
    const halfKnown = sampleReport({ lateness: repeat(1000, 1), inFlight: null });
    expect(rendered(halfKnown, 'text')).toMatch(/p99 1 ms\n/);
  });

  it('are in Markdown', () => {
    const text = rendered(full(), 'md');
    expect(text).toContain('| Sent | **99.3/s** |  | 993 of 1,000 planned orders, 7 dropped |');
    expect(text).toContain('| dropped | 7 | 0.7% |');
    expect(text).toContain('| lateness | p50 0.99 ms, p99 39.8 ms; at most 1,042 in flight |');
    expect(rendered(unknown(), 'md')).not.toMatch(/in flight|lateness/);
  });

  it('are on the page, with what the generator had to do with them', () => {
    expect(cell(full(), 'dropped')).toMatch(/^7\s*0\.7%/);
    expect(cell(full(), 'Dropped')).toBe(
      '7 orders: the limit of orders in flight was reached (4); this machine had no local port left for a connection (3)',
    );
    expect(cell(full(), 'Arrivals')).toBe('poisson, 2 clients');
    expect(cell(full(), 'Lateness')).toMatch(/^p50 0\.99 ms, p99 39\.8 ms, at most 40(\.\d)? ms$/);
    expect(cell(full(), 'Orders in flight')).toBe(
      'at most 1,042; 1,500 allowed, 1,750 possible with this request timeout',
    );
    expect(cell(full(), 'Held back')).toBe(
      '12 ms of CPU time withheld by a quota, something was waiting for a CPU during 25% of the run',
    );
    expect(rendered(full(), 'html')).toContain(
      'Most orders in flight at once; bars are the cold starts',
    );
    expect(rendered(full(), 'html')).toContain('Most orders in flight: 1,042.');
    expect(cell(full(), '0 to 10 s')).toMatch(/0\s+1,042/);
    expect(rendered(full(), 'html')).toContain('planned orders, 7 dropped');
  });

  it('are said to be unknown, derived or none where they are', () => {
    expect(cell(unknown(), 'Dropped')).toBe('0 orders');
    expect(cell(unknown(), 'Arrivals')).toBe('even');
    expect(cell(unknown(), 'Lateness')).toBeUndefined();
    expect(cell(unknown(), 'Held back')).toBeUndefined();
    expect(rendered(unknown(), 'html')).toContain('Stored orders in flight by Little’s law');
    const noVus = sampleReport({ inFlight: null, vus: null });
    expect(cell(noVus, 'Orders in flight')).toBe(
      'maximum not known; 500 allowed, 500 possible with this request timeout',
    );
  });

  it('are in the windows as CSV', () => {
    const [head = '', first = ''] = rendered(full(), 'csv').split('\r\n');
    const at = (name: string) => first.split(',')[head.split(',').indexOf(name)];
    expect([at('in_flight_orders'), at('dropped_orders'), at('vus_count')]).toEqual([
      ...['1042', '7', '2'],
    ]);
  });
});

it.each(REPORT_FORMATS)('%s says nothing of VUs', (format) => {
  for (const report of [full(), unknown(), seriesReport()]) {
    // Fields keep their names: a column of the CSV, and the JSON in the page.
    const text = rendered(report, format)
      .replace('vus_count', '')
      .replace(/<script type="application\/json".*<\/script>/, '');
    expect(text.length).toBeGreaterThan(100);
    expect(text).not.toMatch(/\bVUs?\b|virtual user/i);
  }
});
