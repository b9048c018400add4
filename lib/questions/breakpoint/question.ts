import { firstStepCase } from '../../core/judge/first-step-case.ts';
import type { Question } from '../question.ts';
import { answerBreakpoint } from './answer.ts';
import { breakpointNext } from './next.ts';
import { BREAKPOINT } from './profile.ts';
import { breakpointSchema } from './schema.ts';
import { breakpointText } from './text.ts';

/** Where does it break, and how? */
export const breakpoint = {
  profile: BREAKPOINT,
  answer: {
    key: 'breakpoint',
    schema: breakpointSchema,
    find: answerBreakpoint,
    next: breakpointNext,
    text: breakpointText,
    cases: (answer) => [firstStepCase(answer)],
  },
} as const satisfies Question<'breakpoint', typeof breakpointSchema>;
