import type { EndedRun } from '../../core/report/ended-run.ts';
import { givenValue } from '../../core/report/run-command.ts';
import { shellWord } from '../../core/text/shell-word.ts';
import type { NextStep } from '../../core/text/statement.ts';
import type { AbAnswers } from './schema.ts';

/** Its figures are no verdict: compare gives one. The folder is not in the report, but follows from its command. */
export function abNext(_: AbAnswers, { report }: EndedRun): NextStep {
  const { command, id } = report.run;
  const folder = givenValue(report, 'out') ?? `results/${id}`;
  return {
    text: 'Let compare judge whether B differs from A',
    command: command === undefined ? null : `npm run compare -- ${shellWord(folder)}`,
  };
}
