import { groupDigits } from '../../core/report/format-figure.ts';
import type { AnswerCase } from '../question.ts';
import type { LagAnswer } from './schema.ts';

/** Whether every accepted order was stored. */
export function batchCases({ keepsUp, notStored, lost }: LagAnswer): readonly AnswerCase[] {
  const state = keepsUp === null ? 'open' : keepsUp ? 'ok' : 'broken';
  const name = 'every accepted order is stored';
  if (keepsUp === true) return [{ name, state, text: 'every accepted order was stored' }];
  if (notStored.value === null && lost.value === null) {
    return [{ name, state, text: `not known: ${notStored.note}` }];
  }
  const missing = notStored.value === null ? 'an unknown number of' : groupDigits(notStored.value);
  const gone = lost.value === null ? 'an unknown number' : groupDigits(lost.value);
  const text = `${missing} accepted orders were not stored when the wait ended; ${gone} of them are lost`;
  return [{ name, state, text }];
}
