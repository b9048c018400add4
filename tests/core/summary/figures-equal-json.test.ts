import { describe, expect, it } from 'vitest';
import { OUTCOMES } from '../../../lib/core/order/outcome.ts';
import { outcomeName } from '../../../lib/core/report/outcome-words.ts';
import type { LatencyStats } from '../../../lib/core/report/schema/latency-schema.ts';
import type { AnsweredReport } from '../../../lib/questions/report-schema.ts';
import { type PageTable, pageTables, pageTiles } from '../../page/page-tables.ts';
import { sampleComparisons } from '../../page/sample-comparisons.ts';
import { NO_ASSETS, samplePages } from '../../page/sample-pages.ts';
import { allReports } from '../../page/sample-reports.ts';
import { showsFigure } from './shown-figure.ts';

const PAGES = samplePages(NO_ASSETS);

const STATISTICS = {
  min: 'min',
  mean: 'mean',
  p50: 'p50',
  p90: 'p90',
  p95: 'p95',
  p99: 'p99',
  'p99.9': 'p999',
  max: 'max',
} as const satisfies Readonly<Record<string, keyof LatencyStats>>;

describe.each(allReports())('the page of the run $name', ({ name, report }) => {
  const html = pageOf('run', name);
  const tables = pageTables(html);

  it('has the figures of the JSON on its tiles', () => {
    const { requests, latencyMs, thresholds, lambda } = report;
    const p95 = thresholds.find((threshold) => threshold.name === 'p95');
    const known: Readonly<Record<string, number | null>> = {
      Success: requests.successRatio,
      'p95 latency': p95?.observed ?? latencyMs.success.p95,
      'Cold starts': lambda.coldStarts.value,
    };
    const tiles = pageTiles(html).filter(({ label }) => label in known);
    expect(tiles.map(({ label }) => label)).toContain('Success');
    const wrong = tiles.filter(
      ({ label, value }) => !showsFigure(value, known[label] as number | null),
    );
    expect(wrong).toEqual([]);
  });

  it('has the latencies of the JSON in its table', () => {
    const table = tableOf(tables, 'Latency');
    expect(wrongCells(table, (row) => latencyOf(report, row), STATISTICS)).toEqual([]);
    const rows = table?.rows.map(([row]) => row) ?? [];
    if (report.latencyMs.success.count > 0) expect(rows.join()).toContain('stored');
  });

  it('has the outcomes of the JSON in its table', () => {
    const { requests } = report;
    const counts: Readonly<Record<string, number>> = {
      ...Object.fromEntries(OUTCOMES.map((name) => [outcomeName(name), requests.outcomes[name]])),
      unresolved: requests.unresolved,
      dropped: requests.dropped,
      offered: requests.offered,
    };
    const table = tableOf(tables, 'Orders by outcome');
    const wrong = (table?.rows ?? []).filter(([row = '', orders = '', share = '']) => {
      const named = row.split(' = ').map((name) => counts[name]);
      const [count] = named;
      if (count === undefined || named.some((other) => other !== count)) return true;
      const isShare = requests.offered === 0 || showsFigure(share, count / requests.offered);
      return !showsFigure(orders, count) || !isShare;
    });
    expect(table?.rows.length).toBeGreaterThan(0);
    expect(wrong).toEqual([]);
  });

  it('has the stages of the JSON in its table', () => {
    const table = tableOf(tables, 'Stages');
    const wrong = (table?.rows ?? []).flatMap((row, position) => {
      const step = report.steps[position];
      if (step === undefined) return [row];
      const values: Readonly<Record<string, number | null>> = {
        Planned: step.plannedRate,
        Sent: step.started,
        Success: step.successRatio,
        Throttled: step.outcomes.throttled,
        p50: step.success.p50,
        p95: step.success.p95,
        p99: step.success.p99,
      };
      const isWrong = (head: string, cell: string) =>
        head in values && !showsFigure(cell, values[head] as number | null);
      return row.some((cell, column) => isWrong(table?.heads[column] ?? '', cell)) ? [row] : [];
    });
    expect(table?.rows.length).toBe(report.steps.length);
    expect(wrong).toEqual([]);
  });

  it('has the windows of the JSON in the tables of its charts', () => {
    const { windows } = report;
    if (windows.length === 0) return;
    const table = tables.find(({ caption }) => caption.startsWith('Offered and stored'));
    expect(table?.rows.length).toBe(windows.length);
    const wrong = (table?.rows ?? []).filter((row, position) => {
      const window = windows[position];
      const column = table?.heads.findIndex((head) => /^offered/i.test(head)) ?? -1;
      const perSecond =
        window === undefined ? Number.NaN : (window.offered * 1000) / window.lengthMs;
      return !showsFigure(row[column] ?? '', perSecond);
    });
    expect(wrong).toEqual([]);
  });
});

describe.each(sampleComparisons())('the page of the comparison $name', ({ name, given }) => {
  it('has the figures of the JSON in its table', () => {
    const { metrics } = given.comparison;
    const tables = pageTables(pageOf('comparison', name));
    const table = tables.find(({ heads }) => heads.includes('A') && heads.includes('B'));
    if (metrics.length === 0) return;
    const wrong = metrics.flatMap((metric) => {
      const label = metric.metric === 'successRatio' ? 'success' : metric.metric;
      const row = table?.rows.find(([head = '']) => head.toLowerCase().startsWith(label));
      const cell = (head: string) => row?.[table?.heads.indexOf(head) ?? -1] ?? '';
      const isRight = showsFigure(cell('A'), metric.a) && showsFigure(cell('B'), metric.b);
      return isRight ? [] : [{ metric: metric.metric, a: metric.a, b: metric.b, row }];
    });
    expect(wrong).toEqual([]);
  });
});

function pageOf(kind: string, name: string): string {
  const page = PAGES.find((one) => one.kind === kind && one.name === name);
  if (page === undefined) throw new Error(`there is no page of ${name}`);
  return page.html;
}

function tableOf(tables: readonly PageTable[], caption: string): PageTable | undefined {
  return tables.find((table) => table.caption === caption);
}

/** Cells of a table that do not show the statistic named in their head. */
function wrongCells(
  table: PageTable | undefined,
  statsOf: (row: string) => LatencyStats | undefined,
  statistics: Readonly<Record<string, keyof LatencyStats>>,
) {
  return (table?.rows ?? []).flatMap(([row = '', ...cells]) => {
    const stats = statsOf(row);
    if (stats === undefined) return [`no such row: ${row}`];
    return cells.flatMap((cell, position) => {
      const statistic = statistics[table?.heads[position + 1] ?? ''];
      if (statistic === undefined) return [];
      const value = stats[statistic];
      if (/^too few/i.test(cell) || showsFigure(cell, value as number | null)) return [];
      return [`${row} ${statistic}: ${cell} is not ${value}`];
    });
  });
}

function latencyOf({ latencyMs, lambda }: AnsweredReport, row: string): LatencyStats | undefined {
  // One row may stand for several that are equal.
  const [name = ''] = row.split(' = ');
  if (name === 'stored') return latencyMs.success;
  if (name === 'all sent') return latencyMs.all;
  if (name === 'handler') return lambda.handlerMs ?? undefined;
  if (name === 'init of cold starts') return lambda.initMs ?? undefined;
  const outcome = OUTCOMES.find((one) => outcomeName(one) === name);
  return outcome === undefined ? undefined : latencyMs.byOutcome[outcome];
}
