import { formatMs, formatRate, formatUnitCost, groupDigits } from '../../report/format-figure.ts';
import type { Cell, TextColumn, TextTable } from '../../text/statement.ts';
import { cellName, isSameCell } from '../../tune/cell-name.ts';
import type { BatchCellResult, BatchFigures, BatchResult } from '../../tune/schema/batch-schema.ts';
import { estimateText, percentText } from './estimate-text.ts';

const NONE = '–';
const FIRST: TextColumn = { head: 'batch size, window' };

/** The tables of a batch sweep: the cells under load, with a poison message, and on a quiet queue. */
export function batchTables(batch: BatchResult): readonly TextTable[] {
  const { cells, quietRatePerSecond } = batch;
  const quiet = quietRatePerSecond === null ? '' : ` (${formatRate(quietRatePerSecond)})`;
  return [
    loadTable(batch),
    figureTable(
      'With a poison message: lag, invocations for 1,000 orders',
      cells,
      ({ poison }) => poison,
      [
        number('lag p95', (one) => estimateText(one.lagMs.p95, formatMs)),
        minor('lag p99', (one) => estimateText(one.lagMs.p99, formatMs)),
        number('invocations', (one) => estimateText(one.invocationsPerThousand, groupDigits)),
        number('redelivered', (one) => known(one.redelivered, groupDigits)),
        number('dead letters', (one) => known(one.deadLetters, groupDigits)),
      ],
    ),
    figureTable(
      `On a quiet queue${quiet}: lag, cost of a million orders`,
      cells,
      (cell) => cell.quiet,
      [
        number('lag p50', (one) => estimateText(one.lagMs.p50, formatMs)),
        number('lag p95', (one) => estimateText(one.lagMs.p95, formatMs)),
        number('cost', (one) => estimateText(one.costPerMillionUsd, formatUnitCost)),
      ],
    ),
  ].filter(({ rows }) => rows.length > 0);
}

/** What the batches do under load, and what the cost is made of. */
export function moreBatchTables({ cells }: BatchResult): readonly TextTable[] {
  return [
    figureTable('What the batches do, for 1,000 orders', cells, ({ load }) => load, [
      number('invocations', (one) => estimateText(one.invocationsPerThousand, groupDigits)),
      number('filled', (one) => known(one.batchFill, percentText)),
      number('write calls', (one) => estimateText(one.writeCallsPerThousand, groupDigits)),
      number('write units an order', (one) => known(one.writeUnitsPerOrder, rounded)),
      minor('dead letters', (one) => known(one.deadLetters, groupDigits)),
      minor('lost', (one) => known(one.lost, groupDigits)),
    ]),
    figureTable('What a million orders cost', cells, ({ load }) => load, [
      number('queue', (one) => known(one.costParts?.queueUsd ?? null, formatUnitCost)),
      number('writer', (one) => known(one.costParts?.writerUsd ?? null, formatUnitCost)),
      number('table', (one) => known(one.costParts?.tableUsd ?? null, formatUnitCost)),
    ]),
  ].filter(({ rows }) => rows.length > 0);
}

function loadTable({ cells, choice }: BatchResult): TextTable {
  return {
    caption: 'Settings: cost of a million orders, lag from acceptance to storage',
    columns: [
      FIRST,
      { head: 'cost', isNumber: true },
      { head: 'lag p50', isNumber: true, isMinor: true },
      { head: 'lag p95', isNumber: true },
      { head: 'lag p99', isNumber: true, isMinor: true },
      { head: 'result' },
    ],
    rows: cells.map((cell): Cell[] => [
      cellName(cell),
      estimateText(cell.load?.costPerMillionUsd ?? null, formatUnitCost),
      estimateText(cell.load?.lagMs.p50 ?? null, formatMs),
      estimateText(cell.load?.lagMs.p95 ?? null, formatMs),
      estimateText(cell.load?.lagMs.p99 ?? null, formatMs),
      resultCell(cell, choice),
    ]),
  };
}

function resultCell(cell: BatchCellResult, choice: BatchResult['choice']): Cell {
  if (cell.status === 'failed') return { text: 'failed', tone: 'bad' };
  if (cell.status === 'missing') return { text: 'not measured', tone: 'open' };
  if (choice.chosen !== null && isSameCell(cell, choice.chosen))
    return { text: 'best', tone: 'good' };
  if (cell.keepsSlo === false) return { text: 'misses the SLO', tone: 'bad' };
  if (choice.sloLagP95Ms !== null && cell.keepsSlo === null)
    return { text: 'SLO not certain', tone: 'open' };
  if (choice.notToldApart.some((one) => isSameCell(one, cell)))
    return { text: 'may be better', tone: 'open' };
  return cell.isOnFront ? 'on the front' : '';
}

interface FigureColumn extends TextColumn {
  readonly of: (figures: BatchFigures) => string;
}

function number(head: string, of: FigureColumn['of']): FigureColumn {
  return { head, isNumber: true, of };
}

function minor(head: string, of: FigureColumn['of']): FigureColumn {
  return { ...number(head, of), isMinor: true };
}

/** The cells that have these figures. */
function figureTable(
  caption: string,
  cells: readonly BatchCellResult[],
  figuresOf: (cell: BatchCellResult) => BatchFigures | null,
  columns: readonly FigureColumn[],
): TextTable {
  return {
    caption,
    columns: [FIRST, ...columns.map(({ of: _, ...column }) => column)],
    rows: cells.flatMap((cell) => {
      const figures = figuresOf(cell);
      return figures === null ? [] : [[cellName(cell), ...columns.map(({ of }) => of(figures))]];
    }),
  };
}

function known(value: number | null, text: (value: number) => string): string {
  return value === null ? NONE : text(value);
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(3)));
}
