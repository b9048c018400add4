import type { AnswerText } from './question.ts';
import { ANSWER_RULES } from './registry.ts';
import type { AnsweredReport } from './report-schema.ts';

/** The answers of a report in words, for the terminal, Markdown and HTML alike. */
export function answerTexts({ answers }: Pick<AnsweredReport, 'answers'>): readonly AnswerText[] {
  const found: Readonly<Record<string, unknown>> = answers;
  return ANSWER_RULES.flatMap(({ key, text }) =>
    found[key] === undefined ? [] : [text(found[key])],
  );
}
