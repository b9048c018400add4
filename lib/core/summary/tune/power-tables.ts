import { formatMs, formatRatio, formatUnitCost, groupDigits } from '../../report/format-figure.ts';
import { formatMsLimit } from '../../text/format-limit.ts';
import type { Cell, TextTable } from '../../text/statement.ts';
import { cellName, isSameCell } from '../../tune/cell-name.ts';
import type { PowerChoice, PowerResult, PowerSize } from '../../tune/schema/power-schema.ts';
import { estimateText, percentText } from './estimate-text.ts';
import { cellList } from './sweep-words.ts';

const NONE = '–';

/** The tables of a power sweep: the sizes, their cold starts and memory, and what each strategy would choose. */
export function powerTables(power: PowerResult): readonly TextTable[] {
  return [
    sizeTable(power),
    coldTable(power),
    ...(power.choices.length < 2 ? [] : [strategyTable(power)]),
  ];
}

function sizeTable(power: PowerResult): TextTable {
  const { onlyColdStarts, sizes } = power;
  const kind = onlyColdStarts ? 'cold' : 'warm';
  return {
    caption: `Sizes: cost of a million ${kind} invocations, mean duration`,
    columns: [
      { head: 'memory' },
      { head: 'cost', isNumber: true },
      { head: 'duration', isNumber: true },
      { head: 'p95', isNumber: true },
      { head: 'p99', isNumber: true, isMinor: true },
      { head: 'success', isNumber: true, isMinor: true },
      { head: 'result' },
    ],
    rows: sizes.map((size): Cell[] => [
      cellName(size),
      estimateText(size.costPerMillionUsd, formatUnitCost),
      estimateText(size.durationMs, formatMs),
      estimateText(size.p95Ms, formatMs),
      estimateText(size.p99Ms, formatMs),
      size.successRatio === null ? NONE : formatRatio(size.successRatio),
      resultCell(size, power),
    ]),
  };
}

function resultCell(size: PowerSize, { choice, sloP95Ms }: PowerResult): Cell {
  const isIn = (cells: PowerChoice['sameAs']) => cells.some((cell) => isSameCell(cell, size));
  if (size.status === 'failed') return { text: 'failed', tone: 'bad' };
  if (size.status === 'missing') return { text: 'not measured', tone: 'open' };
  if (choice.chosen !== null && isSameCell(size, choice.chosen))
    return { text: 'best', tone: 'good' };
  if (size.keepsSlo === false) return { text: 'misses the SLO', tone: 'bad' };
  if (sloP95Ms !== null && size.keepsSlo === null) return { text: 'SLO not certain', tone: 'open' };
  if (isIn(choice.sameAs)) return 'the same as the best';
  if (isIn(choice.notToldApart)) return { text: 'may be better', tone: 'open' };
  return '';
}

function coldTable({ sizes }: PowerResult): TextTable {
  const known = (value: number | null, text: (value: number) => string) =>
    value === null ? NONE : text(value);
  return {
    caption: 'Cold starts with the cost of a million, memory and concurrency',
    columns: [
      { head: 'memory' },
      { head: 'cold starts', isNumber: true },
      { head: 'INIT', isNumber: true, isMinor: true },
      { head: 'duration', isNumber: true },
      { head: 'cost', isNumber: true },
      { head: 'memory used', isNumber: true },
      { head: 'at once', isNumber: true },
      { head: 'warm invocations', isNumber: true, isMinor: true },
      { head: 'failed', isNumber: true, isMinor: true },
      { head: 'rounds', isNumber: true, isMinor: true },
    ],
    rows: sizes
      .filter(({ status }) => status === 'measured')
      .map((size): Cell[] => [
        cellName(size),
        size.cold.count === 0
          ? 'none'
          : `${groupDigits(size.cold.count)} (${percentText(size.cold.share)})`,
        known(size.cold.initMs, formatMs),
        known(size.cold.durationMs, formatMs),
        known(size.cold.costPerMillionUsd, formatUnitCost),
        known(size.maxMemoryUsedMb, (mb) => `${groupDigits(mb)} MB`),
        known(size.peakConcurrency, groupDigits),
        groupDigits(size.invocations),
        groupDigits(size.failedInvocations),
        groupDigits(size.rounds),
      ]),
  };
}

function strategyTable(power: PowerResult): TextTable {
  return {
    caption: 'What each strategy chooses',
    columns: [{ head: 'strategy' }, { head: 'memory' }, { head: 'may be better' }],
    rows: power.choices.map(({ strategy, chosen, notToldApart }): Cell[] => [
      strategyName(strategy, power),
      chosen === null ? 'none' : cellName(chosen),
      notToldApart.length === 0 ? NONE : cellList(notToldApart),
    ]),
  };
}

function strategyName(
  strategy: PowerChoice['strategy'],
  { balancedWeight, sloP95Ms }: PowerResult,
): string {
  switch (strategy) {
    case 'cost':
      return 'cheapest';
    case 'speed':
      return 'fastest';
    case 'balanced':
      return `balanced, cost weighs ${percentText(balancedWeight)}`;
    case 'slo':
      return `cheapest with p95 of at most ${formatMsLimit(sloP95Ms ?? 0)}`;
  }
}
