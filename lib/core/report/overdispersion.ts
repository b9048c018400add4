import { chunk, sum } from 'simple-statistics';

/** Hits among trials, in one span of time. */
export interface Trials {
  readonly hits: number;
  readonly trials: number;
}

/** Most batches that the spread is computed over, and the fewest that tell anything about it. */
const BATCHES = 10;
const MIN_BATCHES = 5;

/**
 * The factor by which the share of hits varies more over time than it would with independent trials: Pearson's
 * chi-square / its degrees of freedom, over at most ten batches of neighbouring windows. It is at least 1, and 1 if
 * fewer than five batches hold a trial. Dividing the trials by it widens an interval as clustered failures require. A
 * permanent change within the span widens it as well.
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
