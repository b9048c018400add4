import type { AnswerCase } from '../question.ts';
import type { LagAnswer } from './schema.ts';

/** Whether every accepted order was stored. */
export function batchCases({ keepsUp, notStored, lost }: LagAnswer): readonly AnswerCase[] {
  const text =
    keepsUp === true
      ? 'every accepted order was stored'
      : notStored.value === null && lost.value === null
        ? `not determined: ${notStored.note}`
        : `${notStored.value ?? 'an unknown number of'} accepted orders were not stored when the wait ended; ${lost.value ?? 'an unknown number'} of them are lost`;
  const result = keepsUp === true ? 'ok' : 'broken';
  return [
    {
      name: 'every accepted order is stored',
      state: keepsUp === null ? 'open' : result,
      text,
    },
  ];
}
