import { scheduledOrders } from '../../load/schedule.ts';
import { formatMs, formatRatio, formatUsd, groupDigits } from '../../report/format-figure.ts';
import type { Report, Threshold } from '../../report/schema/report-schema.ts';
import { successIntervalText } from '../../summary/run/figure-texts.ts';
import { sentRate } from '../../summary/run/sent-rate.ts';
import { type Html, html } from './html.ts';

/** How far a run in progress is. */
export interface LiveState {
  readonly elapsedMs: number;
  readonly plannedMs: number;
}

const VERDICTS = {
  pass: { mark: '✓', word: 'Pass' },
  fail: { mark: '✕', word: 'Fail' },
  invalid: { mark: '?', word: 'Invalid' },
} as const;

/** The verdict with its reasons, what was run, and the most important figures. */
export function renderVerdict(report: Report, live: LiveState | null): Html {
  const { run, target } = report;
  const [first = '', ...others] = live === null ? run.reasons : [progressOf(live)];
  const { mark, word } = live === null ? VERDICTS[run.verdict] : { mark: '…', word: 'Running' };
  const kind = live === null ? run.verdict : 'running';
  const part =
    live !== null || run.status === 'completed'
      ? null
      : html` <span class="status">${run.status}</span>`;
  return html`<header class="verdict ${kind}">
<div class="bar">
<p class="what"><strong>${run.scenario}</strong> ${run.profile}${run.label === null || run.label === target.label ? null : html` · ${run.label}`} · ${target.label} <span class="url">${target.baseUrl}</span></p>
<button type="button" id="theme" hidden>Theme</button>
</div>
<h1><span class="mark" aria-hidden="true">${mark}</span> ${word}${part}</h1>
<p class="reason">${first}</p>
${others.length === 0 ? null : html`<ul class="reasons">${others.map((reason) => html`<li>${reason}</li>`)}</ul>`}
<p class="facts">Run <code>${run.id}</code> · ${momentOf(run.startedAt)}${live === null ? html` to ${momentOf(run.endedAt)}` : null} UTC</p>
</header>
${renderTiles(report, live !== null)}`;
}

interface Tile {
  readonly label: string;
  readonly value: string;
  readonly note: string;
  /** Whether the service level was met; absent without one. */
  readonly ok?: boolean | undefined;
}

function renderTiles(report: Report, isLive: boolean): Html {
  const tiles = tilesOf(report).map(({ label, value, note, ok }) => {
    const judged = isLive ? undefined : ok;
    const kind = judged === undefined ? '' : judged ? ' ok' : ' missed';
    const state =
      judged === undefined ? null : html`<span class="state">${judged ? 'met' : 'missed'}</span>`;
    return html`<div class="tile${kind}"><dt>${label}${state}</dt><dd>${value}</dd><dd class="note">${note}</dd></div>`;
  });
  return html`<dl class="tiles">${tiles}</dl>`;
}

function tilesOf(report: Report): Tile[] {
  const { requests, latencyMs, thresholds, load, lambda, cost } = report;
  const threshold = (name: string): Threshold | undefined =>
    thresholds.find((one) => one.name === name);
  const { successRatio } = requests;
  const interval = successIntervalText(report);
  const p95 = threshold('p95');
  const coldShare = lambda.coldStartRatio.value;
  return [
    {
      label: 'Success',
      value: successRatio === null ? 'not known' : formatRatio(successRatio),
      note: `required: at least ${formatRatio(load.slo.successRatio)}${
        interval === null ? '' : `; ${interval}`
      }`,
      ok: threshold('success')?.ok,
    },
    {
      label: 'p95 latency',
      value: formatMs(p95?.observed ?? latencyMs.success.p95),
      note: `required: at most ${formatMs(load.slo.p95Ms)}; p50 ${formatMs(latencyMs.success.p50)}, p99 ${formatMs(latencyMs.success.p99)}`,
      ok: p95?.ok,
    },
    {
      label: 'Sent',
      value: sentRate(report) ?? 'nothing',
      note: `${groupDigits(requests.total)} of ${groupDigits(scheduledOrders(load.stages))} planned orders sent, ${groupDigits(requests.dropped)} dropped`,
      ok: threshold('offered')?.ok,
    },
    ...(lambda.coldStarts.value === null
      ? []
      : [
          {
            label: 'Cold starts',
            value: groupDigits(lambda.coldStarts.value),
            note:
              (coldShare === null ? '' : `${formatRatio(coldShare)} of responses`) +
              (lambda.initMs === null ? '' : `; init p95 ${formatMs(lambda.initMs.p95)}`),
          },
        ]),
    {
      label: cost.hypothetical ? 'Would cost on AWS' : 'Costs about',
      value: formatUsd(cost.after.totalUsd),
      note: `an estimate, with prices of ${cost.priceListDate}`,
    },
  ];
}

function progressOf({ elapsedMs, plannedMs }: LiveState): string {
  const seconds = (ms: number) => `${Math.floor(ms / 1000)} s`;
  if (elapsedMs === 0) return `Waiting for the first order of ${seconds(plannedMs)} of load.`;
  const shown = Math.min(elapsedMs, plannedMs);
  return `${seconds(shown)} of ${seconds(plannedMs)}; figures are up to four seconds old, orders in flight do not count as stored yet, and there is no verdict yet.`;
}

/** ISO 8601 without T, fractions and Z. */
function momentOf(iso: string): string {
  return iso.replace('T', ' ').replace(/(\.\d+)?Z$/, '');
}
