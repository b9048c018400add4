import {
  formatCount,
  formatMs,
  formatMsAgainst,
  formatRatio,
} from '../../../report/format-figure.ts';
import type { NextStep } from '../../../text/statement.ts';
import { type EndedRun, runAgain } from './ended-run.ts';
import { momentText, type SlowSpan, slowSpan } from './slow-span.ts';

/** Above this share of the p95, the handler itself is slow. */
const MOST_OF_P95 = 0.7;

/** Where to look for the cause of a missed p95: when it was worst, and what took the time then. */
export function latencyStep({ report }: EndedRun): NextStep | null {
  const span = slowSpan(report);
  if (span === null) return null;
  const what = lookAt(report, span);
  return runAgain(
    report,
    `Look at ${momentText(report, span)}, when p95 rose to ${formatMsAgainst(span.worstP95Ms, report.load.slo.p95Ms)}${what}; then run again`,
  );
}

function lookAt({ lambda, thresholds }: EndedRun['report'], span: SlowSpan): string {
  const { coldStarts, responses } = span;
  // A p95 can only be made of what befalls one response in twenty.
  if (coldStarts !== null && responses > 0 && coldStarts / responses >= 0.05) {
    return `: ${formatCount(coldStarts, 'cold start')} fell in it (${formatRatio(coldStarts / responses)} of the responses)`;
  }
  const handlerMs = lambda.handlerMs?.p95 ?? null;
  const p95Ms = thresholds.find(({ name }) => name === 'p95')?.observed ?? null;
  if (handlerMs === null || p95Ms === null) return '';
  return handlerMs >= MOST_OF_P95 * p95Ms
    ? `: the handler itself takes most of it (p95 ${formatMs(handlerMs)} in the whole run)`
    : `: the handler takes only ${formatMs(handlerMs)} of it (p95 of the whole run), so look at the gateway, waiting and the network`;
}
