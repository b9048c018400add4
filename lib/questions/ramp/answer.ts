import { concurrencyAt } from '../../core/judge/concurrency-at.ts';
import { judgedSteps } from '../../core/judge/judged-steps.ts';
import { randomArrivals } from '../../core/judge/random-arrivals.ts';
import { formatRate } from '../../core/report/format-figure.ts';
import type { JudgedStep } from '../../core/report/schema/judged-step-schema.ts';
import type { Report } from '../../core/report/schema/report-schema.ts';
import type { Finding, Found } from '../question.ts';
import { type Bracket, bracketCapacity } from './capacity-bracket.ts';
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
  const why = sentence(status, bracket, steps);
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

function sentence(
  status: Capacity['status'],
  { good, bad, clearLow, clearHigh }: Bracket,
  steps: readonly JudgedStep[],
): string {
  const at = (step: JudgedStep | null) => formatRate(step?.ratePerSecond ?? 0);
  const reason = bad === null ? '' : `${bad.limit} (${bad.why})`;
  switch (status) {
    case 'determined':
      return `Capacity is ${at(good)} within the SLO (between ${clearLow === null ? 'unknown' : formatRate(clearLow)} and ${clearHigh === null ? 'unknown' : formatRate(clearHigh)}). At ${at(bad)} the limit is ${reason}.`;
    case 'notReached':
      return clearLow === good?.ratePerSecond
        ? `Capacity was not reached: the highest rate, ${at(good)}, met the SLO, so capacity is at least that. Run again with a higher --rate.`
        : `Capacity was not reached: the highest rate, ${at(good)}, met the SLO, but with too few orders to be certain. Run again with a higher --rate and a longer --duration.`;
    case 'belowFirstStep':
      return `Capacity is below the first step, ${at(steps[0] ?? null)}, where the limit is ${reason}. Run again with a lower --rate.`;
    case 'notDetermined': {
      if (steps.length === 0) return 'Capacity is not determined, because no step was completed.';
      const least = good === null ? '' : ` It is at least ${at(good)}.`;
      return `Capacity is not determined, because at ${at(bad)} the load generator reached its own limit (${bad?.why}).${least} Use a larger machine, a higher --max-in-flight if that was the limit, or a lower --rate.`;
    }
  }
}

function findingOf(status: Capacity['status'], reason: string): Finding | null {
  if (status === 'belowFirstStep') return { verdict: 'fail', reason };
  return status === 'notDetermined' ? { verdict: 'invalid', reason } : null;
}

function notesOf(report: Report, steps: readonly JudgedStep[], bracket: Bracket): string[] {
  const { good, bad, blips, clearLow, clearHigh } = bracket;
  const failedRefinements = (report.refinements ?? []).filter(
    ({ invalidReasons }) => invalidReasons.length > 0,
  );
  return [
    ...blips.map(
      (step) =>
        `${step.name} at ${formatRate(step.ratePerSecond)} missed the SLO (${step.why}) although ${step.ratePerSecond === good?.ratePerSecond ? 'the same' : 'a higher'} rate met it. The cause was temporary; the interval begins below this step.`,
    ),
    ...(good !== null && clearLow === null
      ? ['No rate clearly met the SLO: the steps had too few orders. Use a longer --duration.']
      : []),
    ...(bad !== null && bad.limit !== 'generator' && clearHigh === null
      ? ['No rate clearly missed the SLO: the steps had too few orders. Use a longer --duration.']
      : []),
    ...failedRefinements.map(
      ({ name, ratePerSecond, invalidReasons }) =>
        `${name} at ${formatRate(ratePerSecond)} is INVALID: ${invalidReasons[0]}`,
    ),
    ...(report.refinements ?? []).flatMap(({ name, ratePerSecond, abortReason }) =>
      abortReason === undefined
        ? []
        : [`${name} at ${formatRate(ratePerSecond)} was stopped before its end: ${abortReason}`],
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
