import { PRICE_LIST } from '../../cost/price-list.ts';
import type { Architecture } from '../../lambda/platform-control.ts';
import { formatCount, groupDigits } from '../../report/format-figure.ts';
import type { MeasuredRound } from '../measured-round.ts';
import type { BatchCellResult, BatchFigures, BatchResult } from '../schema/batch-schema.ts';
import type { BatchCell, BatchCondition, BatchMeasurement, BatchTrial } from './batch-cell.ts';
import { chooseBatch, keepsLagSlo, type PricedCell } from './batch-choice.ts';
import { batchCost, totalOf } from './batch-cost.ts';
import { batchFigures } from './batch-figures.ts';
import { isOnFront } from './batch-front.ts';
import { batchPitfalls } from './batch-pitfalls.ts';

/** What a batch sweep was asked for. */
export interface BatchSettings {
  /** Every cell that is to be measured under load. */
  readonly cells: readonly BatchCell[];
  readonly sloLagP95Ms: number | null;
  /** Null if the quiet queue is not measured. */
  readonly quietRatePerSecond: number | null;
  /** Processor of the function that writes, for its price. */
  readonly architecture: Architecture;
}

export type BatchRound = MeasuredRound<BatchTrial, BatchMeasurement>;

/** What a sweep found, from its rounds so far. */
export function batchResult(
  rounds: readonly BatchRound[],
  { cells, sloLagP95Ms, quietRatePerSecond, architecture }: BatchSettings,
): BatchResult {
  const priced = cells
    .toSorted((a, b) => a.batchSize - b.batchSize || a.windowSeconds - b.windowSeconds)
    .map((cell): PricedCell => {
      const of = (condition: BatchCondition) =>
        rounds.filter((round) => isOf(round, cell, condition));
      const figures = (condition: BatchCondition) =>
        figuresOf(of(condition).filter(counts), cell.batchSize, architecture);
      const load = figures('load');
      const result = {
        batchSize: cell.batchSize,
        windowSeconds: cell.windowSeconds,
        ...statusOf(of('load'), load),
        load,
        poison: figures('poison'),
        quiet: figures('quiet'),
        isOnFront: false,
      };
      return {
        result: { ...result, keepsSlo: keepsLagSlo(result, sloLagP95Ms) },
        costByRound: costByRound(of('load').filter(counts), architecture),
      };
    });
  const results = priced.map(({ result }) => result);
  return {
    pricesDate: PRICE_LIST.date,
    quietRatePerSecond,
    cells: results.map((result) => ({ ...result, isOnFront: isOnFront(result, results) })),
    choice: chooseBatch(priced, sloLagP95Ms),
    pitfalls: batchPitfalls(results, quietRatePerSecond),
  };
}

function isOf(
  { cell }: BatchRound,
  { batchSize, windowSeconds }: BatchCell,
  condition: BatchCondition,
) {
  return (
    cell.condition === condition &&
    cell.batchSize === batchSize &&
    cell.windowSeconds === windowSeconds
  );
}

function counts({ measurement: { failure, problem } }: BatchRound): boolean {
  return failure === null && problem === null;
}

function figuresOf(
  rounds: readonly BatchRound[],
  batchSize: number,
  architecture: Architecture,
): BatchFigures | null {
  if (rounds.length === 0) return null;
  return batchFigures(
    rounds.map(({ measurement }) => measurement),
    batchSize,
    architecture,
  );
}

function statusOf(
  rounds: readonly BatchRound[],
  load: BatchFigures | null,
): Pick<BatchCellResult, 'status' | 'problem'> {
  const measurements = rounds.map(({ measurement }) => measurement);
  const failure = measurements.find((one) => one.failure !== null)?.failure ?? null;
  if (load === null) {
    const problem = measurements.findLast((one) => one.problem !== null)?.problem ?? null;
    return failure === null
      ? { status: 'missing', problem }
      : { status: 'failed', problem: failure };
  }
  if (load.lost !== null && load.lost > 0) {
    const problem = `${formatCount(load.lost, 'order')} of ${groupDigits(load.accepted)} accepted will never be stored`;
    return { status: 'failed', problem };
  }
  const left = measurements.filter((one) => one.failure !== null || one.problem !== null);
  const [first] = left;
  const problem =
    first === undefined
      ? null
      : `${left.length} of ${formatCount(measurements.length, 'round')} left out: ${first.failure ?? first.problem}`;
  return { status: 'measured', problem };
}

function costByRound(
  rounds: readonly BatchRound[],
  architecture: Architecture,
): ReadonlyMap<number, number> {
  return new Map(
    rounds.flatMap(({ round, measurement }) => {
      const cost = batchCost(measurement, architecture);
      return cost === null ? [] : [[round, totalOf(cost)] as const];
    }),
  );
}
