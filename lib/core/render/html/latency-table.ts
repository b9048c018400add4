import type { Histogram } from '../../histogram/histogram.ts';
import { quantileInterval } from '../../judge/quantile-interval.ts';
import { OUTCOMES } from '../../order/outcome.ts';
import { formatMs, groupDigits } from '../../report/format-figure.ts';
import { outcomeName } from '../../report/outcome-words.ts';
import type { LatencyStats } from '../../report/schema/latency-schema.ts';
import type { Report } from '../../report/schema/report-schema.ts';
import { msOrDash } from '../../summary/run/figure-texts.ts';
import { type Html, html } from './html.ts';
import { type Column, renderTable } from './table.ts';

interface Row {
  readonly name: string;
  readonly stats: LatencyStats;
  /** The same latencies by window; empty if they are only known for the whole run. */
  readonly windows: readonly Histogram[];
}

const PERCENTILES = [
  { key: 'p50', head: 'p50', q: 0.5 },
  { key: 'p90', head: 'p90', q: 0.9, isMinor: true },
  { key: 'p95', head: 'p95', q: 0.95 },
  { key: 'p99', head: 'p99', q: 0.99 },
  { key: 'p999', head: 'p99.9', q: 0.999 },
] as const;

/** The latency of stored orders and of every other kind, each percentile with its 95% interval. */
export function renderLatencyTable(report: Report): Html {
  const columns: Column<Row>[] = [
    { head: 'Latency of', cell: ({ name }) => name },
    { head: 'Orders', isNumber: true, cell: ({ stats }) => groupDigits(stats.count) },
    { head: 'min', isNumber: true, isMinor: true, cell: ({ stats }) => extreme(stats, 'min') },
    { head: 'mean', isNumber: true, isMinor: true, cell: ({ stats }) => msOrDash(stats.mean) },
    ...PERCENTILES.map(
      ({ key, head, q, ...rest }): Column<Row> => ({
        head,
        isNumber: true,
        ...rest,
        cell: (row) => percentile(row, key, q),
      }),
    ),
    { head: 'max', isNumber: true, cell: ({ stats }) => extreme(stats, 'max') },
  ];
  const table = renderTable('Latency', columns, folded(rowsOf(report)));
  return html`<div class="wide">${table}<p class="note">Below a percentile of stored orders: its 95% interval. ≈ is the bound of a bucket 1.09% wide.${connections(report)}</p></div>`;
}

function rowsOf({ latencyMs, lambda, windows }: Report): Row[] {
  const rows: Row[] = [
    { name: 'stored', stats: latencyMs.success, windows: windows.map(({ success }) => success) },
    { name: 'all sent', stats: latencyMs.all, windows: [] },
  ];
  const others: [string, LatencyStats | null | undefined][] = [
    ...OUTCOMES.map((outcome): [string, LatencyStats | undefined] => [
      outcomeName(outcome),
      latencyMs.byOutcome[outcome],
    ]),
    ['handler', lambda.handlerMs],
    ['init of cold starts', lambda.initMs],
  ];
  for (const [name, stats] of others) if (stats) rows.push({ name, stats, windows: [] });
  return rows;
}

/** Rows with the same figures become one: without a failure, stored, all sent and created are the same orders. */
function folded(rows: readonly Row[]): Row[] {
  const kept: Row[] = [];
  for (const row of rows) {
    const position = kept.findIndex(({ stats }) => isSame(stats, row.stats));
    const same = kept[position];
    if (same === undefined) kept.push(row);
    else kept[position] = { ...same, name: `${same.name} = ${row.name}` };
  }
  return kept;
}

function isSame(one: LatencyStats, other: LatencyStats): boolean {
  const keys = ['count', 'min', 'mean', 'p50', 'p90', 'p95', 'p99', 'p999', 'max'] as const;
  return keys.every((key) => one[key] === other[key]);
}

/**
 * A percentile with its interval, or "too few" if less than one order is expected beyond it: below 1 / (1 − q) orders
 * the nearest rank ⌈q·n⌉ is n, so it would only be the maximum under another name.
 */
function percentile({ stats, windows }: Row, key: (typeof PERCENTILES)[number]['key'], q: number) {
  if (stats.count === 0) return '–';
  if (stats.count * (1 - q) < 1 - 1e-9) return html`<span class="few">too few</span>`;
  const text = msOrDash(stats[key]);
  const interval = windows.length === 0 ? null : quantileInterval(stats.histogram, q, windows);
  if (interval === null) return text;
  const high = interval.highMs === null ? null : within(interval.highMs, stats);
  return html`${text}<br><small>${rangeText(within(interval.lowMs, stats), high)}</small>`;
}

/** The ends of an interval are taken from buckets, and the extremes may be exact. */
function within(ms: number, { min, max }: LatencyStats): number {
  return Math.min(max ?? ms, Math.max(min ?? ms, ms));
}

function rangeText(lowMs: number, highMs: number | null): string {
  const low = formatMs(lowMs);
  if (highMs === null) return `from ${low}`;
  const high = formatMs(highMs);
  const [, unit = ''] = high.split(' ');
  return `${low.endsWith(` ${unit}`) ? low.slice(0, -unit.length - 1) : low}–${high}`;
}

function extreme(stats: LatencyStats, key: 'min' | 'max'): string {
  const isBound = key === 'min' ? stats.minIsBound : stats.maxIsBound;
  return `${isBound && stats[key] !== null ? '≈ ' : ''}${msOrDash(stats[key])}`;
}

function connections({ connection: { opened, p50Ms, p95Ms } }: Report): string | null {
  if (opened === 0) return null;
  return ` ${groupDigits(opened)} connections were opened, p50 ${formatMs(p50Ms)}, p95 ${formatMs(p95Ms)}; no latency includes that time.`;
}
