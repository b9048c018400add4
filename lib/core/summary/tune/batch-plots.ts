import { formatMsLimit } from '../../text/format-limit.ts';
import type { LinePlot, PlotInterval, PlotLine } from '../../text/line-plot.ts';
import { cellName } from '../../tune/cell-name.ts';
import type { BatchCellResult, BatchResult } from '../../tune/schema/batch-schema.ts';
import type { Estimate } from '../../tune/schema/estimate-schema.ts';
import { chosenCell } from './batch-summary.ts';

interface Point {
  readonly cell: BatchCellResult;
  readonly x: number;
  readonly cost: Estimate;
  readonly lag: Estimate;
}

/** Lag over cost with the Pareto front; nothing without a cell that has both. */
export function batchPlots(batch: BatchResult): readonly LinePlot[] {
  const points = pointsOf(batch.cells);
  if (points.length === 0) return [];
  const { sloLagP95Ms } = batch.choice;
  const chosen = chosenCell(batch);
  const best = points.find(({ cell }) => cell === chosen);
  const on = points.filter(({ cell }) => cell.isOnFront);
  const isBeaten = (point: Point) => points.some((other) => beats(other, point));
  return [
    {
      id: 'front',
      title: 'Lag against cost',
      note: 'Down is faster, left is cheaper. No other setting beats those on the line in both. Bars are 95% intervals.',
      summary:
        'p95 of the lag against the cost of a million orders, for each batch size and window.',
      x: { label: 'cost of a million orders', unit: 'usd' },
      y: { label: 'p95 of the lag', unit: 'ms', ...(isSpread(points) && { isLog: true }) },
      lines: [
        lineOf(
          'On the front',
          'p50',
          'marked',
          on.filter((point) => !isBeaten(point)),
        ),
        lineOf(
          'Beaten in both',
          'p95',
          'points',
          points.filter(({ cell }) => !cell.isOnFront),
        ),
        lineOf('May be on the front', 'p50', 'points', on.filter(isBeaten)),
      ].filter((line) => line.points.length > 0),
      levels:
        sloLagP95Ms === null
          ? []
          : [{ y: sloLagP95Ms, label: `SLO ${formatMsLimit(sloLagP95Ms)}` }],
      names: points.map(({ x, cell }) => [x, cellName(cell)] as const),
      marks:
        best === undefined
          ? []
          : [{ x: best.x, y: best.lag.value, label: `best: ${cellName(best.cell)}` }],
    },
  ];
}

/** Whether one is cheaper and faster by its best estimates; intervals may leave that open. */
function beats({ cost, lag }: Point, other: Point): boolean {
  const isNoWorse = cost.value <= other.cost.value && lag.value <= other.lag.value;
  return isNoWorse && (cost.value < other.cost.value || lag.value < other.lag.value);
}

/** Whether the largest lag is so much longer than the shortest that a linear axis would hide the shortest. */
function isSpread(points: readonly Point[]): boolean {
  const lags = points.map(({ lag }) => lag.value);
  return Math.min(...lags) > 0 && Math.max(...lags) > 10 * Math.min(...lags);
}

/** By cost. Cells that cost the same are moved apart by too little to see, since a plot has one value of a line at an x. */
function pointsOf(cells: readonly BatchCellResult[]): readonly Point[] {
  const points: Point[] = [];
  const known = cells.flatMap((cell) => {
    const { costPerMillionUsd: cost, lagMs } = cell.load ?? { lagMs: { p95: null } };
    return cost && lagMs.p95 ? [{ cell, cost, lag: lagMs.p95 }] : [];
  });
  for (const one of known.toSorted((a, b) => a.cost.value - b.cost.value)) {
    const last = points.at(-1)?.x ?? Number.NEGATIVE_INFINITY;
    points.push({ ...one, x: one.cost.value > last ? one.cost.value : last * (1 + 1e-9) });
  }
  return points;
}

function lineOf(
  name: string,
  color: string,
  look: PlotLine['look'],
  points: readonly Point[],
): PlotLine {
  const intervals = (of: (point: Point) => Estimate) =>
    points.flatMap((point): PlotInterval[] => {
      const { low, high } = of(point);
      return low === null || high === null ? [] : [[point.x, low, high]];
    });
  return {
    name,
    color,
    look,
    points: points.map(({ x, lag }) => [x, lag.value] as const),
    intervals: intervals(({ lag }) => lag),
    xIntervals: intervals(({ cost }) => cost),
  };
}
