import type { AnsweredReport } from '../../../questions/report-schema.ts';
import type { Headline } from '../../text/statement.ts';
import { nextSteps } from './next-steps.ts';
import { runVerdict } from './run-verdict.ts';
import { type Running, runningText } from './running.ts';
import { VERDICT_TEXTS } from './verdict-texts.ts';

/** The outcome of a run with its reasons and what to do next; `running` is null once it has ended. */
export function runHeadline(report: AnsweredReport, running: Running | null): Headline {
  if (running !== null) {
    const reason = runningText(running);
    return { tone: 'running', word: 'Running', reason, others: [], next: [] };
  }
  const [reason = '', ...others] = report.run.reasons;
  return {
    ...VERDICT_TEXTS[runVerdict(report.run)],
    reason,
    others: [...new Set(others)],
    next: nextSteps(report),
  };
}
