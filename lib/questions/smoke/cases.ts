import type { AnswerCase } from '../question.ts';
import { ROW_WORDS } from './row-words.ts';
import type { ContractAnswers } from './schema.ts';

/** One test case for each promise of the contract. */
export function smokeCases({ rows }: ContractAnswers): readonly AnswerCase[] {
  return rows.map(rowCase);
}

function rowCase(row: ContractAnswers['rows'][number]): AnswerCase {
  const { verdict, request, expected, note, broken, brokenCount } = row;
  const state = verdict === 'ok' ? 'ok' : verdict === 'broken' ? 'broken' : 'open';
  const failures = broken.map(({ name, got }) => `${name}: ${got}`);
  const more = brokenCount - broken.length;
  return {
    name: row.row.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
    state,
    text: [
      note === undefined
        ? `${request} → ${expected}: ${ROW_WORDS[verdict]}`
        : `${request}: ${ROW_WORDS[verdict]}, ${note}`,
      ...failures,
      ...(more > 0 ? [`and ${more} more`] : []),
    ].join('\n'),
  };
}
