import { concurrencyAt } from '../../core/judge/concurrency-at.ts';
import { judgedSteps } from '../../core/judge/judged-steps.ts';
import { randomArrivals } from '../../core/judge/random-arrivals.ts';
import { stepLabel } from '../../core/load/step-label.ts';
import { formatRate } from '../../core/report/format-figure.ts';
import type { JudgedStep } from '../../core/report/schema/judged-step-schema.ts';
import type { Report } from '../../core/report/schema/report-schema.ts';
import type { Finding, Found } from '../question.ts';
import { type Bracket, bracketCapacity } from './capacity-bracket.ts';
import { capacitySentence } from './capacity-sentence.ts';
import type { Capacity } from './schema.ts';

/** Concurrent calls that an account may run unless its owner has requested more. */
const DEFAULT_ACCOUNT_CONCURRENCY = 1000;

/** How many orders per second the target handles within its SLO, judged from the steps of a ramp. */
export function answerRamp(report: Report): Found<Capacity> {
  const steps = judgedSteps(report);
  const bracket = bracketCapacity(steps);
  const { good, bad } = bracket;
  const status = statusOf(steps, bracket);
  const determined = status === 'determined' && good !== null && bad !== null;
  const concurrency = good === null ? null : concurrencyAt(report, good);
  const random = randomArrivals(report, concurrency);
  const why = capacitySentence(status, bracket, steps);
  const capacity: Capacity = {
    status,
    ratePerSecond: determined ? good.ratePerSecond : null,
    interval: { low: bracket.clearLow, high: bracket.clearHigh },
    limit: bad?.limit ?? null,
    why,
    notes: notesOf(report, steps, bracket),
    concurrency,
    accountLimit: concurrency === null ? null : accountLimit(report, concurrency.durationMs),
    ...(random && { randomArrivals: random }),
    steps,
  };
  const finding = findingOf(status, why);
  return { answer: capacity, findings: finding === null ? [] : [finding], summary: why };
}

function statusOf(steps: readonly JudgedStep[], { good, bad }: Bracket): Capacity['status'] {
  if (steps.length === 0) return 'notDetermined';
  if (bad === null) return 'notReached';
  if (bad.limit === 'generator') return 'notDetermined';
  return good === null ? 'belowFirstStep' : 'determined';
}

function findingOf(status: Capacity['status'], reason: string): Finding | null {
  if (status === 'belowFirstStep') return { verdict: 'fail', reason };
  return status === 'notDetermined' ? { verdict: 'invalid', reason } : null;
}

function notesOf(report: Report, steps: readonly JudgedStep[], bracket: Bracket): string[] {
  const { good, blips, clearLow } = bracket;
  const refinements = report.refinements ?? [];
  const above = clearLow === null ? '' : ` above ${formatRate(clearLow)}`;
  return [
    ...blips.map(
      (step) =>
        `${formatRate(step.ratePerSecond)} (${stepLabel(step.name)}) did not hold, although ${step.ratePerSecond === good?.ratePerSecond ? 'the same' : 'a higher'} rate did: ${step.why}. So nothing is certain${above}.`,
    ),
    ...refinements.flatMap(({ name, ratePerSecond, invalidReasons: [reason] }) =>
      reason === undefined
        ? []
        : [`${formatRate(ratePerSecond)} (${stepLabel(name)}) is left out as invalid: ${reason}`],
    ),
    ...refinements.flatMap(({ name, ratePerSecond, abortReason }) =>
      abortReason === undefined
        ? []
        : [`${formatRate(ratePerSecond)} (${stepLabel(name)}) was stopped early: ${abortReason}`],
    ),
    ...(steps.length > 0 && report.run.abortReason !== null
      ? [`The ramp was stopped before its last step: ${report.run.abortReason}`]
      : []),
  ];
}

function accountLimit({ target }: Report, durationMs: number): Capacity['accountLimit'] {
  if (durationMs === 0) return null;
  const known = target.concurrencyLimit;
  const concurrency = known ?? DEFAULT_ACCOUNT_CONCURRENCY;
  return {
    concurrency,
    source: known === undefined ? 'assumed' : 'deployment',
    ratePerSecond: (concurrency * 1000) / durationMs,
  };
}
