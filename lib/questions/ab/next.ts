import type { EndedRun } from '../../core/report/ended-run.ts';
import { shellWord } from '../../core/text/shell-word.ts';
import type { NextStep } from '../../core/text/statement.ts';
import type { AbAnswers } from './schema.ts';

/** Its figures are no verdict: compare gives one. The folder is not in the report, but follows from its command. */
export function abNext(_: AbAnswers, { report }: EndedRun): NextStep {
  const { command, id } = report.run;
  const out = command?.[command.indexOf('--out') + 1];
  const folder = command?.includes('--out') && out !== undefined ? out : `results/${id}`;
  return {
    text: 'Let compare judge whether B differs from A',
    command: command === undefined ? null : `npm run compare -- ${shellWord(folder)}`,
  };
}
