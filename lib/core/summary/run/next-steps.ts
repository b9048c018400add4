import type { AnsweredReport } from '../../../questions/report-schema.ts';
import { otherCommand } from '../../report/run-command.ts';
import type { NextStep } from '../../text/statement.ts';
import { answerStep } from './next/answer-step.ts';
import { type EndedRun, endedRun, runAgain } from './next/ended-run.ts';
import { failureStep } from './next/failure-step.ts';
import { faultStep } from './next/fault-step.ts';
import { latencyStep } from './next/latency-step.ts';
import { passStep } from './next/pass-step.ts';

/** More would hide the first one. */
const MOST_STEPS = 2;

/** What the reader of a run may do next, by the cause of its outcome, most important first; at least one step. */
export function nextSteps(report: AnsweredReport): readonly NextStep[] {
  const run = endedRun(report);
  const steps = [interruptedStep(run), ...stepsByVerdict(run)].filter((step) => step !== null);
  const found = steps.length === 0 ? [runAgain(report, 'Run again')] : steps;
  return withoutRepeats(found.slice(0, MOST_STEPS));
}

function stepsByVerdict(run: EndedRun): readonly (NextStep | null)[] {
  switch (run.report.run.verdict) {
    case 'invalid':
      return [faultStep(run) ?? answerStep(run)];
    case 'fail':
      return failSteps(run);
    case 'pass':
      return [answerStep(run) ?? passStep(run)];
  }
}

function failSteps(run: EndedRun): readonly (NextStep | null)[] {
  const { capacity, breakpoint, contract, lag, ab } = run.report.answers;
  if (capacity !== undefined || breakpoint !== undefined)
    return [refusedFirst(run), answerStep(run)];
  // A broken promise or a lost order is the reason itself; any other answer comes after the SLO.
  const isReason = contract !== undefined || lag !== undefined;
  return [
    isReason ? answerStep(run) : null,
    isServed(run) ? null : failureStep(run),
    isFast(run) ? null : latencyStep(run),
    isReason || ab !== undefined ? null : answerStep(run),
    collapsedStep(run),
  ];
}

/** Whether success met its SLO, in the whole run and inside a burst. */
function isServed({ report: { thresholds, answers, load } }: EndedRun): boolean {
  const { ratio } = answers.burst?.success ?? { ratio: 1 };
  return isMet(thresholds, 'success') && ratio >= load.slo.successRatio;
}

/** Whether p95 met its SLO, in the whole run and inside a burst. */
function isFast({ report: { thresholds, answers, load } }: EndedRun): boolean {
  const { valueMs } = answers.burst?.p95 ?? { valueMs: 0 };
  return isMet(thresholds, 'p95') && valueMs <= load.slo.p95Ms;
}

function isMet(thresholds: EndedRun['report']['thresholds'], name: string): boolean {
  return thresholds.every((one) => one.name !== name || one.ok);
}

/** Orders that were refused for another reason than their rate are refused at a lower rate, too. */
function refusedFirst(run: EndedRun): NextStep | null {
  const outcome = run.report.requests.failures?.[0]?.outcome;
  return outcome === 'rejected' || outcome === 'unexpectedBody' ? failureStep(run) : null;
}

function interruptedStep({ report }: EndedRun): NextStep | null {
  return report.run.status === 'interrupted'
    ? runAgain(report, 'Let the run come to its end')
    : null;
}

function collapsedStep({ report }: EndedRun): NextStep | null {
  if (report.run.status !== 'aborted') return null;
  return { text: 'Find the rate that it can take', command: otherCommand(report, 'ramp') };
}

/** A command that is shown already is not shown again. */
function withoutRepeats(steps: readonly NextStep[]): readonly NextStep[] {
  return steps.map(({ text, command }, position) => {
    const isShown = steps.slice(0, position).some((one) => one.command === command);
    return { text, command: isShown ? null : command };
  });
}
