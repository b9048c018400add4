import type { AnswerText } from '../question.ts';
import type { Drift } from './schema.ts';

/** Whether the target degraded, in words: one line for each measure. */
export function driftText({ why, measures }: Drift): AnswerText {
  return {
    question: 'Does it degrade over time?',
    lines: [
      why,
      ...measures.map(
        ({ name, why: reason }) => `${name === 'environmentMemory' ? 'memory' : name}: ${reason}`,
      ),
    ],
  };
}
