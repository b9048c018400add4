import type { Report } from '../report/schema/report-schema.ts';
import { abText } from './answers/ab-text.ts';
import type { AnswerText } from './answers/answer-text.ts';
import { breakpointText } from './answers/breakpoint-text.ts';
import { burstText } from './answers/burst-text.ts';
import { capacityText } from './answers/capacity-text.ts';
import { contractText } from './answers/contract-text.ts';
import { driftText } from './answers/drift-text.ts';
import { lagText } from './answers/lag-text.ts';

/** The answers of a report in words, for the terminal, Markdown and HTML alike. */
export function answerTexts({ answers }: Report): readonly AnswerText[] {
  return [
    ...textOf(answers.contract, contractText),
    ...textOf(answers.capacity, capacityText),
    ...textOf(answers.breakpoint, breakpointText),
    ...textOf(answers.burst, burstText),
    ...textOf(answers.drift, driftText),
    ...textOf(answers.lag, lagText),
    ...textOf(answers.ab, abText),
  ];
}

function textOf<T>(
  answer: T | undefined,
  render: (answer: T) => AnswerText,
): readonly AnswerText[] {
  return answer === undefined ? [] : [render(answer)];
}
