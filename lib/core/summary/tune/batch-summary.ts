import { formatMs, formatUnitCost, groupDigits } from '../../report/format-figure.ts';
import { formatMsLimit } from '../../text/format-limit.ts';
import type { Headline, NextStep, Tile } from '../../text/statement.ts';
import { cellName, isSameCell } from '../../tune/cell-name.ts';
import type { BatchCellResult, BatchResult } from '../../tune/schema/batch-schema.ts';
import type { TuneResult } from '../../tune/schema/tune-schema.ts';
import { batchSteps } from './batch-steps.ts';
import { intervalText } from './estimate-text.ts';
import { mappingBefore } from './settings-before.ts';
import { cellList, earlierSentence } from './sweep-words.ts';

/** What a batch sweep says first. */
export function batchHeadline(result: TuneResult, batch: BatchResult): Headline {
  const next: readonly NextStep[] = batchSteps(result, batch);
  return {
    ...outcomeOf(batch),
    reason: batch.choice.reason,
    others: [
      alikeSentence(batch),
      beforeSentence(result, batch),
      earlierSentence(result),
      ...batch.cells
        .filter(({ status }) => status !== 'measured')
        .map((cell) => `${cellName(cell)}: ${stateText(cell)}.`),
    ].filter((sentence) => sentence !== null),
    next,
  };
}

/** The figures of the chosen cell; none without one. */
export function batchTiles(batch: BatchResult): readonly Tile[] {
  const cell = chosenCell(batch);
  if (cell === null || cell.load === null) return [];
  const { costPerMillionUsd: cost, lagMs, invocationsPerThousand } = cell.load;
  return [
    ...(cost === null
      ? []
      : [
          {
            label: 'Cost of a million orders',
            value: formatUnitCost(cost.value),
            note: intervalText(cost, formatUnitCost),
          },
        ]),
    ...(lagMs.p95 === null ? [] : [lagTile(batch, cell, lagMs.p95)]),
    ...(invocationsPerThousand === null
      ? []
      : [
          {
            label: 'Invocations for 1,000 orders',
            value: groupDigits(invocationsPerThousand.value),
            note: intervalText(invocationsPerThousand, groupDigits),
          },
        ]),
  ];
}

/** The chosen cell with its figures; null without one. */
export function chosenCell({ choice, cells }: BatchResult): BatchCellResult | null {
  const { chosen } = choice;
  if (chosen === null) return null;
  return cells.find((cell) => isSameCell(cell, chosen)) ?? null;
}

function outcomeOf({ choice }: BatchResult): Pick<Headline, 'tone' | 'word'> {
  const { chosen, outcome, notToldApart } = choice;
  if (chosen === null) {
    return outcome === 'keptByNone'
      ? { tone: 'bad', word: 'No setting fits' }
      : { tone: 'open', word: 'No conclusion' };
  }
  return { tone: notToldApart.length > 0 ? 'open' : 'measured', word: cellName(chosen) };
}

function beforeSentence(result: TuneResult, { choice }: BatchResult): string | null {
  const before = mappingBefore(result);
  if (choice.chosen === null || before === null) return null;
  return isSameCell(before, choice.chosen)
    ? 'The mapping is set so already.'
    : `The mapping is set to ${cellName(before)}.`;
}

function alikeSentence({ choice }: BatchResult): string | null {
  const { notToldApart } = choice;
  if (notToldApart.length === 0) return null;
  return `The measurement cannot tell it apart from ${cellList(notToldApart)}.`;
}

function stateText({ status, problem }: BatchCellResult): string {
  const what = status === 'failed' ? 'failed' : 'not measured';
  return problem === null ? what : `${what}, ${problem.replace(/\.$/, '')}`;
}

function lagTile(
  { choice }: BatchResult,
  { keepsSlo }: BatchCellResult,
  lag: NonNullable<NonNullable<BatchCellResult['load']>['lagMs']['p95']>,
): Tile {
  const { sloLagP95Ms: slo } = choice;
  const limit = slo === null ? '' : `required: at most ${formatMsLimit(slo)}`;
  const scale = Math.max(lag.value, (slo ?? 0) * 1.25);
  return {
    label: 'p95 of the lag',
    value: formatMs(lag.value),
    note: [limit, intervalText(lag, formatMs)].filter(Boolean).join('; '),
    ...(keepsSlo === null ? {} : { state: keepsSlo ? 'met' : 'missed' }),
    ...(slo === null ? {} : { gauge: { value: lag.value / scale, limit: slo / scale } }),
  };
}
