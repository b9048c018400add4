import type { Question } from '../question.ts';
import { soakAbortReason } from './abort-reason.ts';
import { answerSoak } from './answer.ts';
import { soakNext } from './next.ts';
import { SOAK } from './profile.ts';
import { driftSchema } from './schema.ts';
import { driftText } from './text.ts';

/** Does it degrade over hours? */
export const soak = {
  profile: SOAK,
  answer: {
    key: 'drift',
    schema: driftSchema,
    find: answerSoak,
    next: soakNext,
    text: driftText,
    cases: () => [],
  },
  abortReason: soakAbortReason,
} as const satisfies Question<'drift', typeof driftSchema>;
