import type { Question } from '../question.ts';
import { answerAb } from './answer.ts';
import { abNext } from './next.ts';
import { AB } from './profile.ts';
import { abSchema } from './schema.ts';
import { abText } from './text.ts';

/** Is B worse than A, now? */
export const ab = {
  profile: AB,
  answer: {
    key: 'ab',
    schema: abSchema,
    find: answerAb,
    next: abNext,
    onFailure: 'aside',
    text: abText,
    cases: () => [],
  },
} as const satisfies Question<'ab', typeof abSchema>;
