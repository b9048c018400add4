import type { Estimate } from '../schema/estimate-schema.ts';
import type { Strategy } from '../schema/power-schema.ts';
import type { PowerCell } from './power-cell.ts';
import type { FigureModel, PowerModels } from './power-models.ts';

/** Two figures are the same if they differ by no more than this share. */
const SAME_WITHIN = 0.01;

/** A size that can be chosen, with its number in the models. */
export interface Candidate {
  readonly size: number;
  readonly cell: PowerCell;
}

/** The best of some sizes by one figure. */
export interface Best {
  readonly chosen: Candidate;
  /** It was not the best estimate, but the same as that, and better by the other figure. */
  readonly insteadOf: Candidate | null;
  /** By the figure, best first. */
  readonly sameAs: readonly Candidate[];
  readonly notToldApart: readonly Candidate[];
  readonly worse: readonly Candidate[];
}

/**
 * The best of the candidates for a strategy; null without one. Best is the one with the best estimate. Among the sizes
 * that are the same as it the other figure decides, as in aws-lambda-power-tuning: of those that cost the same the
 * fastest, of those as fast the cheapest.
 */
export function bestOf(
  strategy: Strategy,
  candidates: readonly Candidate[],
  models: PowerModels,
): Best | null {
  const { judgedBy, tiesBy } = figuresOf(strategy, models);
  const ranked = rank(candidates, judgedBy);
  const [first] = ranked;
  if (first === undefined) return null;
  const areSame = (one: Candidate, other: Candidate) =>
    judge(judgedBy.ratio(one.size, other.size)) === 'same';
  const tied = ranked.filter((one) => one === first || areSame(one, first));
  const chosen = (tiesBy === null ? first : rank(tied, tiesBy)[0]) ?? first;
  const others = ranked.filter((one) => one !== chosen);
  const those = (verdict: ReturnType<typeof judge>) =>
    others.filter(({ size }) => judge(judgedBy.ratio(size, chosen.size)) === verdict);
  return {
    chosen,
    insteadOf: chosen === first ? null : first,
    sameAs: those('same'),
    notToldApart: those('unclear'),
    worse: those('different'),
  };
}

/** The figure that a strategy judges by, and the one that decides between sizes that are the same by it. */
export function figuresOf(
  strategy: Strategy,
  models: PowerModels,
): { readonly judgedBy: FigureModel; readonly tiesBy: FigureModel | null } {
  const { costPerMillionUsd, durationMs, balanced } = models;
  if (strategy === 'cost') return { judgedBy: costPerMillionUsd, tiesBy: durationMs };
  if (strategy === 'speed') return { judgedBy: durationMs, tiesBy: costPerMillionUsd };
  return { judgedBy: balanced, tiesBy: null };
}

/** Lowest estimate first; candidates without one are left out. */
function rank(candidates: readonly Candidate[], figure: FigureModel): Candidate[] {
  return candidates
    .flatMap((candidate) => {
      const value = figure.estimate(candidate.size)?.value;
      return value === undefined ? [] : [{ candidate, value }];
    })
    .sort((a, b) => a.value - b.value)
    .map(({ candidate }) => candidate);
}

/** Whether two figures are the same, by the interval of their ratio. */
function judge(ratio: Estimate | null): 'same' | 'different' | 'unclear' {
  if (ratio === null || ratio.low === null || ratio.high === null) return 'unclear';
  if (ratio.low >= 1 - SAME_WITHIN && ratio.high <= 1 + SAME_WITHIN) return 'same';
  if (ratio.low > 1 + SAME_WITHIN || ratio.high < 1 - SAME_WITHIN) return 'different';
  return 'unclear';
}
