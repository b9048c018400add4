import type { AnswerText } from './question.ts';
import { ANSWER_RULES } from './registry.ts';
import type { AnsweredReport } from './report-schema.ts';

/** The answers of a report in words, for the terminal, Markdown and HTML alike, without what its verdict says already. */
export function answerTexts(report: AnsweredReport): readonly AnswerText[] {
  const found: Readonly<Record<string, unknown>> = report.answers;
  const said = new Set(report.run.reasons);
  return ANSWER_RULES.flatMap(({ key, text }) => {
    if (found[key] === undefined) return [];
    const answer = text(found[key], report);
    const isSaid = said.has(answer.lines[0] ?? '');
    const lines = answer.lines.filter((line) => !said.has(line));
    return [{ ...answer, lines, ...(isSaid && { isSaid }) }];
  });
}
