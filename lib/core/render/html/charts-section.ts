import { formatMs, groupDigits } from '../../report/format-figure.ts';
import { servedOf } from '../../report/outcome-counts.ts';
import type { Report } from '../../report/schema/report-schema.ts';
import { formatMsLimit } from '../../text/format-limit.ts';
import type { ChartData } from './chart-data.ts';
import { type Html, html } from './html.ts';
import { type Column, renderTable } from './table.ts';

interface Chart {
  /** The script of the page finds the chart's place by it. */
  readonly id: 'rates' | 'latency' | 'outcomes' | 'concurrency' | 'memory';
  readonly title: string;
  /** How to read it. */
  readonly note: string;
  /** The chart in one sentence, for a screen reader. */
  readonly summary: string;
  readonly columns: readonly Column<number>[];
}

/** Places for the charts, each with its figures in a table, which also serves on paper and without a script. */
export function renderCharts(report: Report, data: ChartData): Html {
  if (data.atSeconds.length === 0) {
    return html`<section aria-labelledby="time"><h2 id="time">Over time</h2><p>No orders were sent, so there is nothing to draw.</p></section>`;
  }
  const rows = data.atSeconds.map((_, position) => position);
  const figures = chartsOf(report, data).map(
    ({ id, title, note, summary, columns }) => html`<figure class="chart" id="chart-${id}">
<figcaption><h3>${title}</h3><p class="note">${note}</p></figcaption>
<div class="plot" data-chart="${id}" role="group" aria-roledescription="chart" tabindex="0" aria-label="${title}. ${summary} Left and right arrow keys move through the windows; the table below has the same figures."></div>
<details><summary>${title} as a table</summary>${renderTable(`${title}, for each window of ${data.windowSeconds} s`, [timeColumn(report), ...columns], rows)}</details>
</figure>`,
  );
  return html`<section aria-labelledby="time"><h2 id="time">Over time</h2>
<p class="note">Time in seconds since the load began; shaded areas are the stages of the load. An order counts in the window in which its outcome came.</p>
<noscript><p class="note">The charts need JavaScript; the tables below them do not.</p></noscript>
<p id="announcer" class="unseen" aria-live="polite"></p>
<div class="charts">${figures}</div></section>`;
}

function chartsOf(report: Report, data: ChartData): Chart[] {
  const { windows } = report;
  const at = <T>(list: readonly T[], position: number): T => list[position] as T;
  const count = (head: string, pick: (position: number) => number | null | undefined) => ({
    head,
    isNumber: true,
    cell: (position: number) => {
      const value = pick(position);
      return value === null || value === undefined ? '–' : groupDigits(value);
    },
  });
  const level = (head: string, levels: readonly (number | null)[], unit = '') => ({
    head,
    isNumber: true,
    cell: (position: number) => {
      const value = at(levels, position);
      return value === null ? '–' : `${Number(value.toPrecision(3))}${unit}`;
    },
  });
  const ms = (head: string, levels: readonly (number | null)[]) => ({
    head,
    isNumber: true,
    cell: (position: number) => {
      const value = at(levels, position);
      return value === null ? '–' : formatMs(value);
    },
  });
  const highest = (levels: readonly (number | null)[]) => Math.max(0, ...levels.map((l) => l ?? 0));
  const { rates, latencyMs, inFlight, environments, coldStarts, environmentMemoryMb } = data;
  const charts: Chart[] = [
    {
      id: 'rates',
      title: 'Offered and stored',
      note: 'Orders per second: planned, offered (due) and stored. The gap between offered and stored is what customers lost.',
      summary: `Highest offered rate: ${highest(rates.offered)} orders per second; highest stored rate: ${highest(rates.served)}.`,
      columns: [
        level('Planned', rates.planned, '/s'),
        count('Offered', (position) => windows[position]?.offered),
        count('Sent', (position) => windows[position]?.sent),
        count('Stored', (position) => servedOf(at(windows, position).outcomes)),
      ],
    },
    {
      id: 'latency',
      title: 'Latency of stored orders',
      note: 'Percentiles on a logarithmic scale, over a heatmap of all stored orders: the darker a cell, the larger its share of the window. The dashed line is the p95 SLO.',
      summary: `Highest p95 of a window: ${formatMs(highest(latencyMs.p95))}; SLO: ${formatMsLimit(data.sloP95Ms)}.`,
      columns: [ms('p50', latencyMs.p50), ms('p95', latencyMs.p95), ms('p99', latencyMs.p99)],
    },
    {
      id: 'outcomes',
      title: 'What became of the orders',
      note: 'Orders per second by outcome, stacked.',
      summary: `Outcomes that occurred: ${data.outcomes.map(({ label }) => label).join(', ')}.`,
      columns: data.outcomes.map(({ name, label }) =>
        count(label, (position) => {
          const window = at(windows, position);
          return name === 'dropped' ? window.dropped : window.outcomes[name];
        }),
      ),
    },
    {
      id: 'concurrency',
      title: coldStarts === null ? 'Concurrency' : 'Concurrency and cold starts',
      note: `${data.isInFlightDerived ? 'Stored orders in flight by Little’s law (their rate × their mean latency)' : 'Most orders in flight at once'}${environments === null ? '' : ', and function environments in use'}${coldStarts === null ? '.' : '; bars are cold starts, on the scale on the right.'}`,
      summary: `Most orders in flight: ${highest(inFlight)}.`,
      columns: [
        data.isInFlightDerived
          ? level('In flight', inFlight)
          : count('In flight', (position) => at(inFlight, position)),
        ...(environments === null ? [] : [count('Environments', (p) => at(environments, p))]),
        ...(coldStarts === null ? [] : [count('Cold starts', (p) => at(coldStarts, p))]),
      ],
    },
  ];
  if (environmentMemoryMb === null) return charts;
  return [
    ...charts,
    {
      id: 'memory',
      title: 'Memory of the function',
      note: 'Most memory used by any environment of the function.',
      summary: `At most ${highest(environmentMemoryMb)} MB.`,
      columns: [level('Memory', environmentMemoryMb, ' MB')],
    },
  ];
}

function timeColumn({ windows }: Report): Column<number> {
  return {
    head: 'From',
    isNumber: true,
    cell: (position) => `${((windows[position]?.startOffsetMs ?? 0) / 1000).toFixed(1)} s`,
  };
}
