import { stepLabel } from '../../load/step-label.ts';
import {
  formatMsAgainst,
  formatRate,
  formatRatio,
  formatRatioAgainst,
  groupDigits,
} from '../../report/format-figure.ts';
import type { Report, Threshold } from '../../report/schema/report-schema.ts';
import { failureTexts } from '../../summary/run/failure-texts.ts';
import {
  limitText,
  msOrDash,
  type OutcomeCount,
  observedText,
  outcomeCounts,
} from '../../summary/run/figure-texts.ts';
import { type Html, html } from './html.ts';
import { renderLambda, renderPlatformSide } from './lambda-section.ts';
import { renderLatencyTable } from './latency-table.ts';
import { type Column, renderTable } from './table.ts';

/**
 * Every figure of a report that is not a time series, in tables.
 * @param isJudged whether the run was judged by its service levels.
 */
export function renderFigures(report: Report, isJudged: boolean): Html {
  return html`<section aria-labelledby="figures"><h2 id="figures">Figures</h2>
<div class="tables">
${serviceLevels(report, isJudged)}
${orders(report)}
${failures(report)}
${renderLatencyTable(report)}
${stages(report)}
${renderLambda(report)}
${renderPlatformSide(report)}
</div></section>`;
}

const LEVELS: Readonly<Record<string, string>> = {
  success: 'Success',
  p95: 'p95 latency',
  offered: 'Offered, of the planned orders',
};

function serviceLevels({ thresholds }: Report, isJudged: boolean): Html {
  const met: Column<Threshold> = {
    head: 'Met',
    cell: ({ ok }) =>
      ok ? html`<span class="good">✓ met</span>` : html`<span class="bad">✕ missed</span>`,
  };
  return renderTable(
    'Service levels',
    [
      { head: 'Name', cell: ({ name }) => LEVELS[name] ?? name },
      { head: 'Required', isNumber: true, cell: limitText },
      { head: 'Observed', isNumber: true, cell: observedText },
      ...(isJudged ? [met] : []),
    ],
    thresholds,
  );
}

const OFFERED = 'offered';

/** The outcomes that occurred and their sum, which is one row where all orders had the same outcome. */
function outcomeRows(report: Report): OutcomeCount[] {
  const { offered } = report.requests;
  const occurred = outcomeCounts(report).filter(({ count }) => count > 0);
  const [only] = occurred;
  if (occurred.length === 1 && only?.count === offered) {
    return [{ ...only, name: `${only.name} = ${OFFERED}` }];
  }
  return [...occurred, { name: OFFERED, count: offered, share: 1 }];
}

function orders(report: Report): Html {
  const { warmup, requests } = report;
  const rows = outcomeRows(report);
  const hasShares = requests.offered > 0;
  const table = renderTable(
    'Orders by outcome',
    [
      { head: 'Outcome', cell: ({ name }) => name },
      { head: 'Orders', isNumber: true, cell: ({ count }) => groupDigits(count) },
      {
        head: 'Share of offered',
        isNumber: true,
        cell: ({ name, share }) =>
          hasShares ? html`${formatRatio(share)}${name === OFFERED ? null : shareBar(share)}` : '–',
      },
    ],
    rows,
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

function stages({ steps, load }: Report): Html {
  return html`<div class="wide">${renderTable(
    'Stages',
    [
      { head: 'Stage', cell: ({ name }) => stepLabel(name) },
      {
        head: 'Planned',
        isNumber: true,
        isMinor: true,
        cell: ({ plannedRate }) => (plannedRate === null ? '–' : formatRate(plannedRate)),
      },
      { head: 'Sent', isNumber: true, cell: ({ started }) => groupDigits(started) },
      {
        head: 'Success',
        isNumber: true,
        cell: ({ successRatio }) =>
          successRatio === null ? '–' : formatRatioAgainst(successRatio, load.slo.successRatio),
      },
      {
        head: 'Throttled',
        isNumber: true,
        cell: ({ outcomes }) => groupDigits(outcomes.throttled),
      },
      { head: 'p50', isNumber: true, cell: ({ success }) => msOrDash(success.p50) },
      {
        head: 'p95',
        isNumber: true,
        cell: ({ success }) =>
          success.p95 === null ? '–' : formatMsAgainst(success.p95, load.slo.p95Ms),
      },
      { head: 'p99', isNumber: true, cell: ({ success }) => msOrDash(success.p99) },
    ],
    steps,
  )}</div>`;
}
