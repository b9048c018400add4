import { formatMs, formatMsAgainst, formatUnitCost } from '../../report/format-figure.ts';
import { cellName } from '../cell-name.ts';
import type { BatchCellResult, BatchResult } from '../schema/batch-schema.ts';
import type { Estimate } from '../schema/estimate-schema.ts';
import type { BatchCell } from './batch-cell.ts';
import { SAME_WITHIN } from './batch-front.ts';
import { estimateOfRounds } from './estimate-of-rounds.ts';

export type BatchChoice = BatchResult['choice'];

/** A cell, and what a million orders cost in each round that counts. */
export interface PricedCell {
  readonly result: BatchCellResult;
  readonly costByRound: ReadonlyMap<number, number>;
}

/** Whether the interval of the lag lies on one side of the SLO; null if it does not, or if there is none. */
export function keepsLagSlo(
  { status, load }: Pick<BatchCellResult, 'status' | 'load'>,
  sloLagP95Ms: number | null,
): boolean | null {
  if (sloLagP95Ms === null || status !== 'measured' || load === null) return null;
  const { p95 } = load.lagMs;
  // So many orders were not stored when the wait ended that p95 lies beyond it.
  if (p95 === null) return load.rounds > 0 ? false : null;
  if (p95.low === null || p95.high === null) return null;
  if (p95.high <= sloLagP95Ms) return true;
  return p95.low > sloLagP95Ms ? false : null;
}

/**
 * The cheapest cell that keeps the SLO, or without an SLO the cheapest of all. Of cells whose costs differ by at most
 * 1% it takes the one with the shorter lag.
 */
export function chooseBatch(cells: readonly PricedCell[], sloLagP95Ms: number | null): BatchChoice {
  const priced = cells.filter(({ result }) => costOf(result) !== null && lagOf(result) !== null);
  const keepers = priced.filter(({ result }) => sloLagP95Ms === null || result.keepsSlo === true);
  const best = bestOf(keepers);
  const none = { sloLagP95Ms, chosen: null, notToldApart: [] };
  if (best === null) return { ...none, ...whyNone(cells, sloLagP95Ms) };
  const rivals = priced.filter(
    (other) => other !== best && other.result.keepsSlo !== false && mayCostLess(other, best),
  );
  const chosen = cellOf(best.result);
  return {
    sloLagP95Ms,
    chosen,
    outcome: 'chosen',
    notToldApart: rivals.map(({ result }) => cellOf(result)),
    reason: whyChosen(best.result, sloLagP95Ms),
  };
}

function bestOf(cells: readonly PricedCell[]): PricedCell | null {
  const cheapestUsd = Math.min(...cells.map(({ result }) => bestGuess(costOf(result))));
  const [best] = cells
    .filter(({ result }) => bestGuess(costOf(result)) <= cheapestUsd * (1 + SAME_WITHIN))
    .toSorted((a, b) => bestGuess(lagOf(a.result)) - bestGuess(lagOf(b.result)));
  return best ?? null;
}

/** Compares both in the same rounds, so what changes from round to round cancels. */
function mayCostLess(other: PricedCell, best: PricedCell): boolean {
  const ratios = [...other.costByRound].flatMap(([round, usd]) => {
    const bestUsd = best.costByRound.get(round);
    return bestUsd === undefined ? [] : [usd / bestUsd];
  });
  const ratio = estimateOfRounds(ratios);
  return ratio === null || (ratio.low ?? ratio.value) <= 1 + SAME_WITHIN;
}

function whyChosen(best: BatchCellResult, sloLagP95Ms: number | null): string {
  const cost = `${formatUnitCost(bestGuess(costOf(best)))} for a million orders`;
  const lag = bestGuess(lagOf(best));
  if (sloLagP95Ms === null) {
    return `It is the cheapest: ${cost}, with a p95 of the lag of ${formatMs(lag)}. No limit of the lag was given.`;
  }
  return `It is the cheapest that keeps p95 of the lag within ${formatMs(sloLagP95Ms)}: ${formatMsAgainst(lag, sloLagP95Ms)}, ${cost}.`;
}

function whyNone(
  cells: readonly PricedCell[],
  sloLagP95Ms: number | null,
): Pick<BatchChoice, 'outcome' | 'reason'> {
  const results = cells.map(({ result }) => result);
  if (results.every(({ status }) => status === 'missing')) {
    return { outcome: 'inconclusive', reason: 'No cell was measured.' };
  }
  if (results.every(({ status }) => status !== 'measured')) {
    return results.some(({ status }) => status === 'missing')
      ? { outcome: 'inconclusive', reason: 'No cell has figures yet.' }
      : { outcome: 'keptByNone', reason: 'Every cell failed.' };
  }
  if (sloLagP95Ms === null || results.some(({ keepsSlo }) => keepsSlo === true)) {
    return { outcome: 'inconclusive', reason: 'The costs are not known.' };
  }
  const limit = formatMs(sloLagP95Ms);
  const isOpen = ({ status, keepsSlo }: BatchCellResult) =>
    status === 'missing' || (status === 'measured' && keepsSlo === null);
  if (results.some(isOpen)) {
    const [first] = results.filter(({ load }) => load !== null && load.rounds > 0);
    const reason =
      first?.load?.rounds === 1
        ? `One round does not tell which cell keeps p95 of the lag within ${limit}: it gives no interval.`
        : `No cell surely keeps p95 of the lag within ${limit}: the intervals lie on both sides of it, or cells are missing.`;
    return { outcome: 'inconclusive', reason };
  }
  const fastest = results
    .filter((result) => lagOf(result) !== null)
    .toSorted((a, b) => bestGuess(lagOf(a)) - bestGuess(lagOf(b)))[0];
  const nearest =
    fastest === undefined
      ? ''
      : ` The fastest is ${cellName(fastest)}: ${formatMsAgainst(bestGuess(lagOf(fastest)), sloLagP95Ms)}.`;
  return {
    outcome: 'keptByNone',
    reason: `No cell keeps p95 of the lag within ${limit}.${nearest}`,
  };
}

function cellOf({ batchSize, windowSeconds }: BatchCellResult): BatchCell {
  return { batchSize, windowSeconds };
}

/** Only of cells that have figures to choose by. */
function costOf({ status, load }: BatchCellResult): Estimate | null {
  return status === 'measured' ? (load?.costPerMillionUsd ?? null) : null;
}

function lagOf({ status, load }: BatchCellResult): Estimate | null {
  return status === 'measured' ? (load?.lagMs.p95 ?? null) : null;
}

function bestGuess(estimate: Estimate | null): number {
  return estimate?.value ?? Infinity;
}
