import type { Report } from '../report/schema/report-schema.ts';

/** One answer for a reader: a heading and a few plain sentences or `label: figure` lines. */
export interface AnswerText {
  /** The question, as a person asks it. */
  readonly question: string;
  /** The answer first, what it rests on after it. Not escaped. */
  readonly lines: readonly string[];
}

/** The answers of a report in words, for the terminal, Markdown and HTML alike. */
export function answerTexts(_report: Report): readonly AnswerText[] {
  return [];
}
