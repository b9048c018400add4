import type { AnswerCase } from '../question.ts';
import type { LagAnswer } from './schema.ts';

/** Whether every order that the queue took was stored. */
export function batchCases({ keepsUp, notStored, lost }: LagAnswer): readonly AnswerCase[] {
  const text =
    keepsUp === true
      ? 'every accepted order was stored'
      : notStored.value === null && lost.value === null
        ? `not determined: ${notStored.note}`
        : `${notStored.value ?? 'an unknown number of'} accepted orders were not stored when the wait ended, ${lost.value ?? 'an unknown number'} of them lost`;
  const told = keepsUp === true ? 'ok' : 'broken';
  return [
    {
      name: 'every accepted order is stored',
      state: keepsUp === null ? 'open' : told,
      text,
    },
  ];
}
