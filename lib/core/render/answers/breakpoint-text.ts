import type { Breakpoint } from '../../report/schema/breakpoint-schema.ts';
import type { AnswerText } from './answer-text.ts';
import { stepLines } from './step-lines.ts';

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
      ...(stoppedBecause === null ? [] : [`Stopped by itself: ${stoppedBecause}`]),
      ...stepLines(steps),
    ],
  };
}
