import type { AnsweredReport } from '../../../questions/report-schema.ts';
import type { Headline, Tone } from '../../text/statement.ts';
import { isMeasuring } from './is-measuring.ts';
import { nextSteps } from './next-steps.ts';
import { type Running, runningText } from './running.ts';

/** The outcome of a run with its reasons and what to do next; `running` is null once it has ended. */
export function runHeadline(report: AnsweredReport, running: Running | null): Headline {
  if (running !== null) {
    const reason = runningText(running);
    return { tone: 'running', word: 'Running', reason, others: [], next: [] };
  }
  const [reason = '', ...others] = report.run.reasons;
  return { ...outcomeOf(report), reason, others: [...new Set(others)], next: nextSteps(report) };
}

/** A run that measures a limit passes by finding it: there is no SLO to meet. */
function outcomeOf(report: AnsweredReport): { readonly tone: Tone; readonly word: string } {
  switch (report.run.verdict) {
    case 'pass':
      return isMeasuring(report)
        ? { tone: 'measured', word: 'Measured' }
        : { tone: 'good', word: 'Pass' };
    case 'fail':
      return { tone: 'bad', word: 'Fail' };
    case 'invalid':
      return { tone: 'open', word: 'Invalid' };
  }
}
