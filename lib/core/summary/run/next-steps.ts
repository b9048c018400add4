import { questionOf } from '../../../questions/registry.ts';
import type { AnsweredReport } from '../../../questions/report-schema.ts';
import { PLAIN_TRAITS } from '../../load/question-profile.ts';
import { type EndedRun, runAgain } from '../../report/ended-run.ts';
import { evidenceOf } from '../../report/evidence.ts';
import { otherCommand } from '../../report/run-command.ts';
import type { NextStep } from '../../text/statement.ts';
import { isMeasuring } from './is-measuring.ts';
import { answeredBy, answerStep } from './next/answer-step.ts';
import { failureStep } from './next/failure-step.ts';
import { faultStep } from './next/fault-step.ts';
import { latencyStep } from './next/latency-step.ts';
import { passStep } from './next/pass-step.ts';

/** More would hide the first one. */
const MOST_STEPS = 2;

/** What the reader of a run may do next, by the cause of its outcome, most important first; at least one step. */
export function nextSteps(report: AnsweredReport): readonly NextStep[] {
  const traits = questionOf(report.run.scenario)?.profile.traits ?? PLAIN_TRAITS;
  const run = { report, evidence: evidenceOf(report, traits) };
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
  if (isMeasuring(run.report)) return [refusedFirst(run), answerStep(run)];
  const onFailure = answeredBy(run)?.onFailure;
  return [
    onFailure === 'reason' ? answerStep(run) : null,
    isMet(run, 'success') ? null : failureStep(run),
    isMet(run, 'p95') ? null : latencyStep(run),
    onFailure === undefined ? answerStep(run) : null,
    collapsedStep(run),
  ];
}

/** Whether an SLO was met, in the whole run and in the part of it that the answer is about. */
function isMet(run: EndedRun, name: 'success' | 'p95'): boolean {
  const { thresholds, answers, load } = run.report;
  const rules = answeredBy(run);
  const ofAnswer = rules?.met?.(answers[rules.key], load.slo)[name] ?? true;
  return ofAnswer && thresholds.every((one) => one.name !== name || one.ok);
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
