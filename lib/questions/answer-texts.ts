import type { AnswerText } from '../core/render/answer-text.ts';
import type { Report } from '../core/report/schema/report-schema.ts';
import { abText } from './ab/text.ts';
import { lagText } from './batch/text.ts';
import { breakpointText } from './breakpoint/text.ts';
import { capacityText } from './ramp/text.ts';
import { contractText } from './smoke/text.ts';
import { driftText } from './soak/text.ts';
import { burstText } from './spike/text.ts';

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
