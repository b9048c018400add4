import { stepLines } from '../../core/judge/step-lines.ts';
import type { AnswerText } from '../question.ts';
import type { Breakpoint } from './schema.ts';

export function breakpointText({
  why,
  randomArrivals,
  stoppedBecause,
  steps,
}: Breakpoint): AnswerText {
  return {
    question: 'Where does it break, and how?',
    lines: [
      why,
      ...(randomArrivals ? [randomArrivals.why] : []),
      ...(stoppedBecause === null ? [] : [`Stopped early: ${stoppedBecause}`]),
      ...stepLines(steps),
    ],
  };
}
