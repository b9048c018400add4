import { chunk, sum } from 'simple-statistics';

/** Hits among trials, in one stretch of time. */
export interface Trials {
  readonly hits: number;
  readonly trials: number;
}

/** Stretches of time that the spread is taken over; fewer tell nothing of it. */
const BATCHES = 10;
const MIN_BATCHES = 5;

/**
 * By how much the share of hits varies over time more than independent trials would: Pearson's
 * chi-square over its degrees of freedom, of at most ten batches of neighbouring windows; at least 1,
 * and 1 where fewer than five batches hold a trial. Dividing trials by it widens an interval to what
 * clustered failures deserve. What changed for good within the span widens it as well.
 *
 * Source: P. McCullagh, J. A. Nelder, Generalized Linear Models, 2nd edition 1989, section 4.5.
 */
export function overdispersion(windows: readonly Trials[]): number {
  const filled = windows.filter(({ trials }) => trials > 0);
  if (filled.length < MIN_BATCHES) return 1;
  const batches = chunk([...filled], Math.ceil(filled.length / BATCHES)).map(together);
  const { hits, trials } = together(filled);
  const share = hits / trials;
  if (share === 0 || share === 1 || batches.length < MIN_BATCHES) return 1;
  const chiSquare = sum(
    batches.map((batch) => {
      const expected = batch.trials * share;
      return (batch.hits - expected) ** 2 / (expected * (1 - share));
    }),
  );
  return Math.max(1, chiSquare / (batches.length - 1));
}

function together(parts: readonly Trials[]): Trials {
  return {
    hits: sum(parts.map((part) => part.hits)),
    trials: sum(parts.map((part) => part.trials)),
  };
}
