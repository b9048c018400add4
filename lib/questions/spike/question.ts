import type { Question } from '../question.ts';
import { answerSpike } from './answer.ts';
import { spikeCases } from './cases.ts';
import { metInBurst, spikeNext } from './next.ts';
import { SPIKE } from './profile.ts';
import { burstSchema } from './schema.ts';
import { burstText } from './text.ts';

/** Does it survive a burst, and how fast does it recover? */
export const spike = {
  profile: SPIKE,
  answer: {
    key: 'burst',
    schema: burstSchema,
    find: answerSpike,
    next: spikeNext,
    met: metInBurst,
    text: burstText,
    cases: spikeCases,
  },
} as const satisfies Question<'burst', typeof burstSchema>;
