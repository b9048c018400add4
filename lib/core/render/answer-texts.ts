import type { Report } from '../report/schema/report-schema.ts';
import type { AnswerText } from './answers/answer-text.ts';
import { contractText } from './answers/contract-text.ts';

/** The answers of a report in words, for the terminal, Markdown and HTML alike. */
export function answerTexts({ answers }: Report): readonly AnswerText[] {
  return [...(answers.contract === undefined ? [] : [contractText(answers.contract)])];
}
