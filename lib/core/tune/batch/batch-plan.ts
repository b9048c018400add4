import type { BatchCell, BatchTrial } from './batch-cell.ts';

export interface AskedCells {
  readonly sizes: readonly number[];
  readonly windowsSeconds: readonly number[];
}

/** More messages than this need a window: AWS refuses them without one. */
const MOST_WITHOUT_WINDOW = 10;
/** Largest share of a load that its longest window may take, so that the lag under load is not that of its end. */
const LONGEST_WINDOW_SHARE = 1 / 4;
const LEAST_SECONDS = 10;
/** A long poll of a quiet queue, which the last batch of a load with a window waits for. */
const LONG_POLL_SECONDS = 20;
/** What a run takes besides its load and its wait: k6, the bundle, the reads, the report. */
const RUN_OVERHEAD_S = 5;

/**
 * Every size with every window, by size, then by window. A batch of one message is full at once, so windows make no
 * difference to it, and it has only the shortest.
 */
export function batchCells({ sizes, windowsSeconds }: AskedCells): readonly BatchCell[] {
  const windows = ascending(windowsSeconds);
  return ascending(sizes).flatMap((batchSize) =>
    (batchSize === 1 ? windows.slice(0, 1) : windows).map((windowSeconds) => ({
      batchSize,
      windowSeconds,
    })),
  );
}

/**
 * Cells to measure with a message that never succeeds: one for each batch size. They have the same window as far as
 * AWS allows it.
 */
export function poisonTrials(cells: readonly BatchCell[]): readonly BatchTrial[] {
  const settable = cells.filter(isSettable);
  const least = settable.some(({ batchSize }) => batchSize > MOST_WITHOUT_WINDOW) ? 1 : 0;
  return ascending(settable.map(({ batchSize }) => batchSize)).flatMap((size) => {
    const ofSize = settable.filter(({ batchSize }) => batchSize === size);
    const cell = ofSize.find(({ windowSeconds }) => windowSeconds >= least) ?? ofSize[0];
    return cell === undefined ? [] : [{ ...cell, condition: 'poison' as const }];
  });
}

/** Cells to measure with hardly any orders: one for each window, with the largest batch size that AWS allows. */
export function quietTrials(cells: readonly BatchCell[]): readonly BatchTrial[] {
  const settable = cells.filter(isSettable);
  return ascending(settable.map(({ windowSeconds }) => windowSeconds)).flatMap((window) => {
    const cell = settable.findLast(({ windowSeconds }) => windowSeconds === window);
    return cell === undefined ? [] : [{ ...cell, condition: 'quiet' as const }];
  });
}

/** The shortest load in seconds that measures the lag of these cells. */
export function leastLoadSeconds(cells: readonly BatchCell[]): number {
  const longest = Math.max(0, ...cells.map(({ windowSeconds }) => windowSeconds));
  return Math.max(LEAST_SECONDS, longest / LONGEST_WINDOW_SHARE);
}

/** About how long a trial takes in seconds, or 0 if AWS refuses its cell. */
export function trialSeconds(
  trial: BatchTrial,
  { loadSeconds, retrySeconds }: { readonly loadSeconds: number; readonly retrySeconds: number },
): number {
  if (!isSettable(trial)) return 0;
  const { batchSize, windowSeconds, condition } = trial;
  const waits = windowSeconds > 0 && batchSize > 1;
  const drainSeconds = waits ? LONG_POLL_SECONDS : 0;
  const untilDead = condition === 'poison' ? retrySeconds - loadSeconds : 0;
  return loadSeconds + Math.max(drainSeconds, untilDead) + RUN_OVERHEAD_S;
}

function isSettable({ batchSize, windowSeconds }: BatchCell): boolean {
  return batchSize <= MOST_WITHOUT_WINDOW || windowSeconds >= 1;
}

function ascending(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}
