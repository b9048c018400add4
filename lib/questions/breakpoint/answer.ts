import { concurrencyAt } from '../../core/judge/concurrency-at.ts';
import { judgedSteps } from '../../core/judge/judged-steps.ts';
import { randomArrivals } from '../../core/judge/random-arrivals.ts';
import { formatRate, formatRatio } from '../../core/report/format-figure.ts';
import type { JudgedStep } from '../../core/report/schema/judged-step-schema.ts';
import type { Report } from '../../core/report/schema/report-schema.ts';
import type { Finding, Found } from '../question.ts';
import type { Breakpoint } from './schema.ts';

/** A smaller share stored is a collapse, as in the rule that stops a run. */
const COLLAPSE_RATIO = 0.1;

/** Where the target breaks, and how, judged from the steps of a rising load. */
export function answerBreakpoint(report: Report): Found<Breakpoint> {
  const steps = judgedSteps(report);
  const position = steps.findIndex((step) => !step.ok && step.clear);
  const breach = steps[position] ?? null;
  const lastGood = steps.slice(0, Math.max(0, position)).findLast((step) => step.ok) ?? null;
  const collapsed = steps.find(
    ({ successRatio, limit }) =>
      limit !== 'generator' && successRatio !== null && successRatio < COLLAPSE_RATIO,
  );
  const peak = peakServed(steps);
  const status = statusOf(steps, breach, lastGood);
  const found: Omit<Breakpoint, 'why'> = {
    status,
    firstBreach:
      breach === null || breach.limit === null || breach.limit === 'generator'
        ? null
        : {
            ratePerSecond: breach.ratePerSecond,
            lastGoodRatePerSecond: lastGood?.ratePerSecond ?? null,
            limit: breach.limit,
            why: breach.why ?? '',
          },
    collapse:
      collapsed === undefined || collapsed.successRatio === null
        ? null
        : { ratePerSecond: collapsed.ratePerSecond, successRatio: collapsed.successRatio },
    peakServed: peak,
    highestRatePerSecond: steps.at(-1)?.ratePerSecond ?? null,
    stoppedBecause: report.run.abortReason,
    steps,
  };
  const random = randomArrivals(
    report,
    breach === null || breach.limit === 'generator' ? null : concurrencyAt(report, breach),
  );
  const why = sentence(found, breach);
  const finding = findingOf(status, why);
  return {
    answer: { ...found, why, ...(random && { randomArrivals: random }) },
    findings: finding === null ? [] : [finding],
    summary: why,
  };
}

function statusOf(
  steps: readonly JudgedStep[],
  breach: JudgedStep | null,
  lastGood: JudgedStep | null,
): Breakpoint['status'] {
  if (steps.length === 0 || breach?.limit === 'generator') return 'notDetermined';
  if (breach === null) return 'notReached';
  return lastGood === null ? 'belowFirstStep' : 'broken';
}

function peakServed(steps: readonly JudgedStep[]): Breakpoint['peakServed'] {
  const rates = steps.map((step) => ({
    servedPerSecond: step.served / step.seconds,
    ratePerSecond: step.ratePerSecond,
  }));
  return rates.sort((a, b) => b.servedPerSecond - a.servedPerSecond)[0] ?? null;
}

function sentence(found: Omit<Breakpoint, 'why'>, breach: JudgedStep | null): string {
  const { status, firstBreach, collapse, peakServed: peak, highestRatePerSecond } = found;
  const highest = formatRate(highestRatePerSecond ?? 0);
  if (status === 'notDetermined') {
    return breach === null
      ? 'The breaking point is not known, because no step was completed.'
      : `The breaking point is not known, because at ${formatRate(breach.ratePerSecond)} the load generator fell behind: ${breach.why}.`;
  }
  const served = peak === null ? '' : ` and stored at most ${formatRate(peak.servedPerSecond)}`;
  if (firstBreach === null) return `It did not break up to ${highest}${served}.`;
  const { ratePerSecond, lastGoodRatePerSecond: held, why } = firstBreach;
  const lowest = held === null ? ', the lowest rate' : '';
  const before = held === null ? '' : `; ${formatRate(held)} held`;
  const after =
    collapse === null
      ? `did not collapse up to ${highest}`
      : `collapsed at ${formatRate(collapse.ratePerSecond)} (${formatRatio(collapse.successRatio)} stored)`;
  return `It broke at ${formatRate(ratePerSecond)}${lowest}: ${why}${before}. It ${after}${served}.`;
}

function findingOf(status: Breakpoint['status'], reason: string): Finding | null {
  if (status === 'belowFirstStep') return { verdict: 'fail', reason };
  return status === 'notDetermined' ? { verdict: 'invalid', reason } : null;
}
