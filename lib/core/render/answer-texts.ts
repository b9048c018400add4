import type { Report } from '../report/schema/report-schema.ts';
import type { AnswerText } from './answers/answer-text.ts';

/** The answers of a report in words, for the terminal, Markdown and HTML alike. */
export function answerTexts(_report: Report): readonly AnswerText[] {
  return [];
}
