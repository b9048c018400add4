import { type EndedRun, runAgain } from '../../../report/ended-run.ts';
import {
  formatCount,
  formatMs,
  formatMsAgainst,
  formatRatio,
} from '../../../report/format-figure.ts';
import type { NextStep } from '../../../text/statement.ts';
import { momentText, type SlowSpan, slowSpan } from './slow-span.ts';

/** Above this share of the p95, the handler itself is slow. */
const MOST_OF_P95 = 0.7;

/** A stretch of this share of the load is the whole of it. */
const ALL_THE_TIME = 0.9;

/** Where to look for the cause of a missed p95: when it was worst, and what took the time then. */
export function latencyStep({ report }: EndedRun): NextStep {
  const span = slowSpan(report);
  const cause = causeOf(report, span);
  return runAgain(report, `${whereText(report, span)}${cause}; then run again`);
}

function whereText(report: EndedRun['report'], span: SlowSpan | null): string {
  if (span === null) return 'Look at the slowest orders in the log of the API';
  const worst = formatMsAgainst(span.worstP95Ms, report.load.slo.p95Ms);
  return span.toMs - span.fromMs >= ALL_THE_TIME * report.load.loadedMs
    ? `Look at what every order waits for: p95 was above the SLO all the time, up to ${worst}`
    : `Look at ${momentText(report, span)}, when p95 rose to ${worst}`;
}

/** What the slow orders waited for, as far as the figures tell; empty if they do not. */
function causeOf({ lambda, thresholds }: EndedRun['report'], span: SlowSpan | null): string {
  const { coldStarts = null, responses = 0 } = span ?? {};
  // A p95 can only be made of what befalls one response in twenty.
  if (coldStarts !== null && responses > 0 && coldStarts / responses >= 0.05) {
    return `; ${formatCount(coldStarts, 'cold start')} fell in it (${formatRatio(coldStarts / responses)} of the responses)`;
  }
  const handlerMs = lambda.handlerMs?.p95 ?? null;
  const p95Ms = thresholds.find(({ name }) => name === 'p95')?.observed ?? null;
  if (handlerMs === null || p95Ms === null) return '';
  return handlerMs >= MOST_OF_P95 * p95Ms
    ? `; the handler itself takes most of it (p95 ${formatMs(handlerMs)} in the whole run)`
    : `; the handler takes only ${formatMs(handlerMs)} of it (p95 of the whole run), so look at the gateway, waiting and the network`;
}
