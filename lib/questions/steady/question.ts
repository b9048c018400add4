import type { Question } from '../question.ts';
import { STEADY } from './profile.ts';

/** How does it do at this rate? The unit that deployments are compared by: its figures are the answer. */
export const steady = { profile: STEADY } as const satisfies Question;
