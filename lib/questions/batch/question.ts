import type { Question } from '../question.ts';
import { answerBatch } from './answer.ts';
import { batchCases } from './cases.ts';
import { batchNext } from './next.ts';
import { BATCH } from './profile.ts';
import { lagSchema } from './schema.ts';
import { lagText } from './text.ts';

/** Does the queue path keep up? */
export const batch = {
  profile: BATCH,
  answer: {
    key: 'lag',
    schema: lagSchema,
    find: answerBatch,
    next: batchNext,
    onFailure: 'reason',
    text: lagText,
    cases: batchCases,
  },
} as const satisfies Question<'lag', typeof lagSchema>;
