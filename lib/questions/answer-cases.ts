import type { AnswerCase } from './question.ts';
import { ANSWER_RULES } from './registry.ts';
import type { AnsweredReport } from './report-schema.ts';

export interface NamedCase extends AnswerCase {
  /** Key of the answer in the report. */
  readonly answer: string;
}

/** The test cases of all answers in the report. */
export function answerCases({
  answers,
  load,
}: Pick<AnsweredReport, 'answers' | 'load'>): readonly NamedCase[] {
  const found: Readonly<Record<string, unknown>> = answers;
  return ANSWER_RULES.flatMap(({ key, cases }) =>
    found[key] === undefined
      ? []
      : cases(found[key], load.slo).map((one) => ({ ...one, answer: key })),
  );
}
