import type { Question } from '../question.ts';
import { answerSmoke } from './answer.ts';
import { smokeCases } from './cases.ts';
import { smokeNext } from './next.ts';
import { SMOKE } from './profile.ts';
import { contractSchema } from './schema.ts';
import { contractText } from './text.ts';

/** Is it alive and correct? */
export const smoke = {
  profile: SMOKE,
  answer: {
    key: 'contract',
    schema: contractSchema,
    find: answerSmoke,
    next: smokeNext,
    onFailure: 'reason',
    text: contractText,
    cases: smokeCases,
  },
} as const satisfies Question<'contract', typeof contractSchema>;
