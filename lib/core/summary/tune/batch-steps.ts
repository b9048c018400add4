import { shellWord } from '../../text/shell-word.ts';
import type { NextStep } from '../../text/statement.ts';
import type { BatchCell } from '../../tune/batch/batch-cell.ts';
import { cellName, isSameCell } from '../../tune/cell-name.ts';
import type { BatchResult } from '../../tune/schema/batch-schema.ts';
import type { TuneResult } from '../../tune/schema/tune-schema.ts';
import { mappingBefore } from './settings-before.ts';
import { compareSteps, firstSteps, moreRounds } from './tune-steps.ts';

/** Four times the rounds halve the intervals. */
const MORE_ROUNDS = 4;

/** What to do next after a batch sweep, most important first. */
export function batchSteps(
  result: TuneResult,
  { choice, cells }: BatchResult,
): readonly NextStep[] {
  const { chosen, outcome, notToldApart } = choice;
  const first = firstSteps(result);
  if (result.run.status === 'interrupted') return first;
  if (outcome === 'keptByNone') {
    return [
      ...first,
      {
        text: 'Allow more lag, or make the writer faster: more memory shortens its calls',
        command: null,
      },
    ];
  }
  const open: readonly BatchCell[] =
    chosen === null
      ? cells.filter(({ status, keepsSlo }) => status !== 'failed' && keepsSlo !== false)
      : [chosen, ...notToldApart];
  const isOpen = open.length > (chosen === null ? 0 : 1);
  const steps = chosen === null ? [] : setSteps(result, chosen);
  if (!isOpen) return [...first, ...steps];
  const more = moreRounds(result, result.run.rounds * MORE_ROUNDS, flagsOf(open));
  return [...first, more, ...steps.slice(0, 1)];
}

function flagsOf(cells: readonly BatchCell[]): Readonly<Record<`--${string}`, string>> {
  const list = (values: readonly number[]) => [...new Set(values)].sort((a, b) => a - b).join(',');
  return {
    '--sizes': list(cells.map(({ batchSize }) => batchSize)),
    '--windows': list(cells.map(({ windowSeconds }) => windowSeconds)),
  };
}

/** How to set the cell, if the mapping has another one. */
function setSteps(result: TuneResult, chosen: BatchCell): readonly NextStep[] {
  const { subject } = result;
  const { batchSize, windowSeconds } = chosen;
  const before = mappingBefore(result);
  if (before !== null && isSameCell(before, chosen)) return [];
  if (subject.platform === 'local') {
    return [
      {
        text: `Start the order API with ${cellName(chosen)}`,
        command: `npm run order-api -- --queue --batch-size ${batchSize} --batch-window-seconds ${windowSeconds}`,
      },
      ...compareSteps(result),
    ];
  }
  const where = subject.region === null ? '' : ` --region ${shellWord(subject.region)}`;
  return [
    {
      text: `Set ${cellName(chosen)}`,
      command: `aws lambda update-event-source-mapping --uuid ${shellWord(subject.mapping ?? 'UUID')}${where} --batch-size ${batchSize} --maximum-batching-window-in-seconds ${windowSeconds}`,
    },
    {
      text: 'Set it in your template too, or the next deployment undoes it: BatchSize and BatchWindowSeconds in the parameters of deploy/aws',
      command: null,
    },
    ...compareSteps(result),
  ];
}
