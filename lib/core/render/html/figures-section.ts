import { renderArrivals } from '../../load/arrivals.ts';
import { OUTCOMES } from '../../order/outcome.ts';
import {
  formatMs,
  formatRate,
  formatRatio,
  formatUsd,
  groupDigits,
} from '../../report/format-figure.ts';
import type { LatencyStats } from '../../report/schema/latency-schema.ts';
import type { Report } from '../../report/schema/report-schema.ts';
import { failureTexts } from '../../summary/run/failure-texts.ts';
import {
  latenessText,
  limitText,
  msOrDash,
  observedText,
  outcomeCounts,
} from '../../summary/run/figure-texts.ts';
import { type Html, html } from './html.ts';
import { renderLambda, renderPlatformSide } from './lambda-section.ts';
import { type Column, renderTable } from './table.ts';

/** Every figure of a report that is not a time series, in tables. */
export function renderFigures(report: Report): Html {
  return html`<section aria-labelledby="figures"><h2 id="figures">Figures</h2>
<div class="tables">
${serviceLevels(report)}
${orders(report)}
${failures(report)}
${latency(report)}
${steps(report)}
${renderLambda(report)}
${renderPlatformSide(report)}
${cost(report)}
${generator(report)}
${surroundings(report)}
</div></section>`;
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

function serviceLevels({ thresholds }: Report): Html {
  return renderTable(
    'Service levels',
    [
      { head: 'Name', cell: ({ name }) => name },
      { head: 'Required', isNumber: true, cell: limitText },
      { head: 'Observed', isNumber: true, cell: observedText },
      {
        head: 'Met',
        cell: ({ ok }) =>
          ok ? html`<span class="good">✓ met</span>` : html`<span class="bad">✕ missed</span>`,
      },
    ],
    thresholds,
  );
}

function orders(report: Report): Html {
  const { warmup, requests } = report;
  const rows = [...outcomeCounts(report), { name: 'offered', count: requests.offered, share: 1 }];
  const hasShares = requests.offered > 0;
  const table = renderTable(
    'Orders by outcome',
    [
      { head: 'Outcome', cell: ({ name }) => name },
      { head: 'Orders', isNumber: true, cell: ({ count }) => groupDigits(count) },
      {
        head: 'Share of offered',
        isNumber: true,
        cell: ({ share }) => (hasShares ? formatRatio(share) : '–'),
      },
      { head: '', cell: ({ share }) => shareBar(hasShares ? share : 0) },
    ],
    rows.filter(({ name, count }) => count > 0 || name === 'created' || name === 'offered'),
  );
  if (warmup.started === 0) return table;
  return html`<div>${table}<p class="note">${groupDigits(warmup.started)} warm-up orders are excluded from all figures.</p></div>`;
}

function failures(report: Report): Html | null {
  const texts = failureTexts(report, Number.POSITIVE_INFINITY);
  if (texts.length === 0) return null;
  return html`<div class="wide">${renderTable(
    'Why orders failed',
    [
      { head: 'Outcome', cell: ({ outcome }) => outcome },
      { head: 'What', cell: ({ what }) => what },
      {
        head: 'First response',
        cell: ({ example }) => (example === '' ? '' : html`<code>${example}</code>`),
      },
      { head: 'Hint', cell: ({ hint }) => hint },
    ],
    texts,
  )}</div>`;
}

/** Attributes, not styles: the page's policy forbids inline styles. */
function shareBar(share: number): Html {
  const width = Math.round(share * 1000) / 10;
  return html`<svg class="share" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width="${width}" height="8"/></svg>`;
}

function latency({ latencyMs, connection, lambda }: Report): Html {
  const rows: [string, LatencyStats][] = [
    ['success', latencyMs.success],
    ['all sent', latencyMs.all],
    ...OUTCOMES.flatMap((name): [string, LatencyStats][] => {
      const stats = latencyMs.byOutcome[name];
      return stats === undefined ? [] : [[name, stats]];
    }),
    ...(lambda.handlerMs === null ? [] : [['handler', lambda.handlerMs] as [string, LatencyStats]]),
    ...(lambda.initMs === null
      ? []
      : [['init of cold starts', lambda.initMs] as [string, LatencyStats]]),
  ];
  const statistics = ['min', 'mean', 'p50', 'p90', 'p95', 'p99', 'p999', 'max'] as const;
  const table = renderTable<[string, LatencyStats]>(
    'Latency',
    [
      { head: 'Latency of', cell: ([name]) => name },
      { head: 'Orders', isNumber: true, cell: ([, stats]) => groupDigits(stats.count) },
      ...statistics.map(
        (name): Column<[string, LatencyStats]> => ({
          head: name === 'p999' ? 'p99.9' : name,
          isNumber: true,
          cell: ([, stats]) => {
            const isBound =
              (name === 'max' && stats.maxIsBound) || (name === 'min' && stats.minIsBound);
            const text = msOrDash(stats[name]);
            return isBound && stats[name] !== null ? `≈ ${text}` : text;
          },
        }),
      ),
    ],
    rows,
  );
  const connect =
    connection.opened === 0
      ? null
      : html` ${groupDigits(connection.opened)} connections were opened, p50 ${formatMs(connection.p50Ms)}, p95 ${formatMs(connection.p95Ms)}; no latency includes that time.`;
  return html`<div class="wide">${table}<p class="note">≈ is the bound of a bucket 1.09% wide.${connect}</p></div>`;
}

function steps({ steps: list }: Report): Html {
  return html`<div class="wide">${renderTable(
    'Stages',
    [
      { head: 'Stage', cell: ({ name }) => name },
      {
        head: 'Planned',
        isNumber: true,
        cell: ({ plannedRate }) => (plannedRate === null ? '–' : formatRate(plannedRate)),
      },
      { head: 'Sent', isNumber: true, cell: ({ started }) => groupDigits(started) },
      {
        head: 'Success',
        isNumber: true,
        cell: ({ successRatio }) => (successRatio === null ? '–' : formatRatio(successRatio)),
      },
      {
        head: 'Throttled',
        isNumber: true,
        cell: ({ outcomes }) => groupDigits(outcomes.throttled),
      },
      { head: 'p50', isNumber: true, cell: ({ success }) => msOrDash(success.p50) },
      { head: 'p95', isNumber: true, cell: ({ success }) => msOrDash(success.p95) },
      { head: 'p99', isNumber: true, cell: ({ success }) => msOrDash(success.p99) },
    ],
    list,
  )}</div>`;
}

function cost({ cost: { hypothetical, after, priceListDate, region } }: Report): Html {
  const table = renderTable(
    hypothetical ? 'Cost, had it run on AWS' : 'Cost',
    [
      { head: 'Item', cell: ({ name }) => name },
      {
        head: 'Quantity',
        isNumber: true,
        cell: ({ quantity, unit }) => `${Number(quantity.toPrecision(4))} ${unit}`,
      },
      { head: 'Price', isNumber: true, cell: ({ usd }) => formatUsd(usd) },
    ],
    [...after.items, { name: 'Sum', quantity: after.orders, unit: 'orders', usd: after.totalUsd }],
  );
  const assumed =
    after.assumptions.length === 0 ? null : ` Assumed: ${after.assumptions.join('; ')}.`;
  return html`<div>${table}<p class="note">Prices of ${priceListDate} in ${region}; an estimate, not a bill.${assumed}</p></div>`;
}

function generator({ generator: figures, load }: Report): Html {
  const { cpuSeconds, cpuMicrosPerOrder, peakCpuShare, peakRssBytes, latenessMs } = figures;
  const table = pairs('Load generator', [
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
          `${cpuSeconds.toFixed(1)} s${cpuMicrosPerOrder === null ? '' : `, ${Math.round(cpuMicrosPerOrder)} µs an order`}`,
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
  const reasons = notSent.map(({ why, orders }) => `${groupDigits(orders)} ${why}`).join(', ');
  return `${groupDigits(dropped)} orders${reasons === '' ? '' : ` (${reasons})`}`;
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

function surroundings({ run, target, load }: Report): Html {
  const faults = [...run.telemetryFaults, ...run.runners.flatMap((runner) => runner.faults)];
  return pairs('Run', [
    ['Target', html`${target.label}<br>${target.baseUrl}`],
    target.deployment === null ? null : ['Deployment', target.deployment],
    [
      'Platform',
      `${target.platform}${target.memoryMb === null ? '' : `, ${target.memoryMb} MB`}, ${target.gateway} gateway`,
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
