import { renderArrivals } from '../../load/arrivals.ts';
import {
  formatCount,
  formatMs,
  formatRatio,
  formatUsd,
  groupDigits,
} from '../../report/format-figure.ts';
import { WHY_NOT_SENT } from '../../report/generator-reasons.ts';
import type { Report } from '../../report/schema/report-schema.ts';
import { latenessText } from '../../summary/run/figure-texts.ts';
import { type Html, html } from './html.ts';
import { type Column, renderTable } from './table.ts';

/** What the run was made with, folded away until somebody asks or prints it. */
export function renderRun(report: Report): Html {
  const parts = [
    { id: 'generator', title: 'Load generator', render: generatorTables },
    { id: 'setup', title: 'Target, configuration and versions', render: surroundings },
    {
      id: 'cost',
      title: report.cost.hypothetical ? 'Cost, had it run on AWS' : 'Cost',
      render: costTable,
    },
  ];
  return html`<section aria-labelledby="run"><h2 id="run">Run</h2>
${parts.map(
  ({ id, title, render }) =>
    html`<details class="part" id="part-${id}"><summary>${title}</summary>${render(report, title)}</details>`,
)}</section>`;
}

type Pair = readonly [name: string, value: Html | string];

function pairs(caption: string, rows: readonly (Pair | null)[]): Html {
  const columns: Column<Pair>[] = [
    { head: 'What', cell: ([name]) => name },
    { head: 'Value', cell: ([, value]) => value },
  ];
  return renderTable(
    caption,
    columns,
    rows.filter((row) => row !== null),
  );
}

function generatorTables({ generator: figures, load }: Report, title: string): Html {
  const { cpuSeconds, cpuMicrosPerOrder, peakCpuShare, peakRssBytes, latenessMs } = figures;
  const table = pairs(title, [
    [
      'Saturated',
      figures.saturated
        ? html`<span class="bad">✕ yes: ${figures.why ?? ''}</span>`
        : html`<span class="good">✓ no</span>`,
    ],
    ['Arrivals', arrivalsText(load)],
    ['Dropped', droppedText(figures)],
    latenessMs === undefined
      ? null
      : ['Lateness', `${latenessText(figures)}, at most ${formatMs(latenessMs.max)}`],
    cpuSeconds === null
      ? null
      : [
          'CPU',
          `${cpuSeconds.toFixed(1)} s${cpuMicrosPerOrder === null ? '' : `, ${groupDigits(cpuMicrosPerOrder)} µs an order`}`,
        ],
    peakCpuShare === null
      ? null
      : ['CPU at its busiest', `${formatRatio(peakCpuShare)} of its processors`],
    peakRssBytes === null ? null : ['Memory', `at most ${Math.round(peakRssBytes / 2 ** 20)} MiB`],
    ['Orders in flight', inFlightText(figures, load)],
    heldBackText(figures) === null ? null : ['Held back', heldBackText(figures) ?? ''],
  ]);
  if (figures.exceptions.length === 0) return table;
  return html`<div>${table}${renderTable(
    'Exceptions in the scenario',
    [
      { head: 'Exception', cell: ({ message }) => message },
      { head: 'Count', isNumber: true, cell: ({ count }) => groupDigits(count) },
    ],
    figures.exceptions,
  )}</div>`;
}

function arrivalsText({ arrivals, clients = 1 }: Report['load']): string {
  const loops = clients === 1 ? '' : `, ${clients} clients`;
  return `${arrivals === undefined ? 'even' : renderArrivals(arrivals)}${loops}`;
}

function droppedText({ dropped, notSent = [] }: Report['generator']): string {
  const reasons = notSent.map(({ why, orders }) =>
    notSent.length === 1 ? WHY_NOT_SENT[why] : `${WHY_NOT_SENT[why]} (${groupDigits(orders)})`,
  );
  return [formatCount(dropped, 'order'), reasons.join('; ')].filter(Boolean).join(': ');
}

function inFlightText(
  { peakInFlight, peakVUs }: Report['generator'],
  { maxInFlight, maxVUs, inFlightBound, littleBoundVUs }: Report['load'],
): string {
  const most = peakInFlight ?? peakVUs;
  const mostText = most === null ? 'maximum not known' : `at most ${groupDigits(most)}`;
  return `${mostText}; ${groupDigits(maxInFlight ?? maxVUs)} allowed, ${groupDigits(inFlightBound ?? littleBoundVUs)} possible with this request timeout`;
}

function heldBackText({ heldBack }: Report['generator']): string | null {
  const { quotaMs = null, pressureShare = null } = heldBack ?? {};
  const parts = [
    ...(quotaMs === null ? [] : [`${formatMs(quotaMs)} of CPU time withheld by a quota`]),
    ...(pressureShare === null
      ? []
      : [`something was waiting for a CPU during ${formatRatio(pressureShare)} of the run`]),
  ];
  return parts.length === 0 ? null : parts.join(', ');
}

function surroundings({ run, target, load }: Report, title: string): Html {
  const faults = [...run.telemetryFaults, ...run.runners.flatMap((runner) => runner.faults)];
  return pairs(title, [
    ['Target', html`${target.label}<br>${target.baseUrl}`],
    target.deployment === null ? null : ['Deployment', target.deployment],
    [
      'Platform',
      [
        target.platform,
        ...(target.memoryMb === null ? [] : [`${groupDigits(target.memoryMb)} MB`]),
        ...(target.architecture === undefined ? [] : [target.architecture]),
        `${target.gateway} gateway`,
      ].join(', '),
    ],
    ['Ended', run.abortReason === null ? run.status : `${run.status}: ${run.abortReason}`],
    ['Request timeout', formatMs(load.requestTimeoutMs)],
    ['Seed', String(run.seed)],
    ['Configuration', html`<code>${run.configHash}</code>`],
    run.release === undefined ? null : ['Release of the order API', run.release],
    run.gitCommit === null ? null : ['Commit', html`<code>${run.gitCommit.slice(0, 12)}</code>`],
    [
      'Versions',
      `suite ${run.suiteVersion}, k6 ${run.k6Version}, Node ${run.nodeVersion}, ${run.hostCpus} CPUs`,
    ],
    ['k6 processes', groupDigits(run.runners.length)],
    faults.length === 0
      ? null
      : ['Telemetry faults', html`<ul>${faults.map((fault) => html`<li>${fault}</li>`)}</ul>`],
  ]);
}
function costTable({ cost: { after, priceListDate, region } }: Report, title: string): Html {
  const table = renderTable(
    title,
    [
      { head: 'Item', cell: ({ name }) => name },
      {
        head: 'Quantity',
        isNumber: true,
        cell: ({ quantity, unit }) => `${quantityText(quantity)} ${unit}`,
      },
      { head: 'Price', isNumber: true, cell: ({ usd }) => formatUsd(usd) },
    ],
    [...after.items, { name: 'Sum', quantity: after.orders, unit: 'orders', usd: after.totalUsd }],
  );
  const assumed =
    after.assumptions.length === 0 ? null : ` Assumed: ${after.assumptions.join('; ')}.`;
  return html`<div>${table}<p class="note">Prices of ${priceListDate} in ${region}; an estimate, not a bill.${assumed}</p></div>`;
}

/** About four digits; whole from 1,000 on. */
function quantityText(quantity: number): string {
  return quantity >= 1000 ? groupDigits(quantity) : String(Number(quantity.toPrecision(4)));
}
