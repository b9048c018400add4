import { firstStepCase } from '../../core/judge/first-step-case.ts';
import type { Question } from '../question.ts';
import { answerRamp } from './answer.ts';
import { rampNext } from './next.ts';
import { RAMP } from './profile.ts';
import { capacitySchema } from './schema.ts';
import { capacityText } from './text.ts';

/** How many orders per second can it take within the SLO? */
export const ramp = {
  profile: RAMP,
  answer: {
    key: 'capacity',
    schema: capacitySchema,
    find: answerRamp,
    next: rampNext,
    text: capacityText,
    cases: (answer) => [firstStepCase(answer)],
  },
} as const satisfies Question<'capacity', typeof capacitySchema>;
