import type { AnswerRules } from '../../../../questions/question.ts';
import { ANSWER_RULES } from '../../../../questions/registry.ts';
import type { EndedRun } from '../../../report/ended-run.ts';
import type { NextStep } from '../../../text/statement.ts';

/** What follows from the answer to the question of the run; null if nothing does. */
export function answerStep(run: EndedRun): NextStep | null {
  const rules = answeredBy(run);
  return rules === undefined ? null : rules.next(run.report.answers[rules.key], run);
}

/** The rules of the answer that the report has; undefined without one. */
export function answeredBy({ report }: EndedRun): AnswerRules | undefined {
  return ANSWER_RULES.find(({ key }) => report.answers[key] !== undefined);
}
