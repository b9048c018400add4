import { mean, sampleVariance, sum } from 'simple-statistics';
import { tQuantile } from '../../statistics/distributions.ts';

/** A figure of one cell in one round, as a logarithm. */
export interface Observation {
  readonly cell: number;
  readonly round: number;
  readonly value: number;
  /** Variance of `value` that comes from the invocations of this round alone; 0 if it is not known. */
  readonly variance: number;
}

/** An estimate on the scale of the observations. */
export interface LogEstimate {
  readonly value: number;
  /** Half the width of the 95% interval, or null if there are too few rounds for one. */
  readonly halfWidth: number | null;
}

/** What rounds say about cells, and about the difference of two. */
export interface RoundModel {
  /** Null without an observation of the cell. */
  level(cell: number): LogEstimate | null;
  /** The level of `cell` less that of `other`, by the rounds that have both; null if none has. */
  difference(cell: number, other: number): LogEstimate | null;
}

/** Variances below this (0.001% of the figure) are rounding. */
const LEAST_VARIANCE = 1e-10;

/**
 * Levels and differences of cells that were each measured once in every round. The model is
 *
 * > observation = level of the cell + drift of the round + interaction + error
 *
 * with independent normal terms. The variance of the error comes from within the round. That of the interaction, how
 * differently the cells fare in a round, is one for all cells: it is the one for which the weighted squares of what
 * levels and drifts leave add up to their degrees of freedom (R. C. Paule and J. Mandel, Consensus values and weighting
 * factors, Journal of Research of the NBS 87 (1982) 377–385).
 *
 * In a difference of two cells the drift cancels; its degrees of freedom are those of F. E. Satterthwaite, An
 * approximate distribution of estimates of variance components, Biometrics Bulletin 2 (1946) 110–114. A level has the
 * drift whole. Its interval is as wide as that of the drift, which only a few rounds show, and that of the rest, put
 * together as squares (F. A. Graybill and C.-M. Wang, Confidence intervals on nonnegative linear combinations of
 * variances, JASA 75 (1980) 869–873).
 */
export function fitRounds(observations: readonly Observation[]): RoundModel {
  const known = observations.map((one) => ({
    ...one,
    variance: Math.max(one.variance, LEAST_VARIANCE),
  }));
  const rounds = new Set(known.map(({ round }) => round)).size;
  const cells = new Set(known.map(({ cell }) => cell)).size;
  const interactionDf = known.length - cells - rounds + 1;
  const ofCell = (cell: number) => known.filter((one) => one.cell === cell);
  const interaction = interactionDf > 0 ? interactionVariance(known, interactionDf) : 0;
  const fit = additiveFit(known, interaction);
  const drift = rounds > 1 ? Math.max(0, sampleVariance(fit.drifts) - fit.driftNoise) : 0;
  /** Variance of the estimated interaction. */
  const interactionError = (2 * fit.typicalVariance ** 2) / Math.max(1, interactionDf);

  return {
    level(cell) {
      const own = ofCell(cell);
      if (own.length === 0) return null;
      const value = mean(own.map((one) => one.value));
      if (rounds < 2) return { value, halfWidth: null };
      const within = mean(own.map(({ variance }) => variance)) + interaction;
      const ofDrift = halfWidth(drift / own.length, rounds - 1);
      const ofRest = halfWidth(within / own.length, Math.max(rounds - 1, interactionDf));
      return { value, halfWidth: Math.hypot(ofDrift, ofRest) };
    },
    difference(cell, other) {
      const others = ofCell(other);
      const pairs = ofCell(cell).flatMap((one) =>
        others.filter(({ round }) => round === one.round).map((against) => ({ one, against })),
      );
      if (pairs.length === 0) return null;
      const value = mean(pairs.map(({ one, against }) => one.value - against.value));
      if (interactionDf < 1) return { value, halfWidth: null };
      const variance =
        mean(pairs.map(({ one, against }) => one.variance + against.variance)) + 2 * interaction;
      const df = Math.max(1, pairs.length - 1, (2 * variance ** 2) / (4 * interactionError));
      return { value, halfWidth: halfWidth(variance / pairs.length, df) };
    },
  };
}

function halfWidth(variance: number, degreesOfFreedom: number): number {
  // One digit is enough, and lets quantiles be found again.
  const df = Math.min(1000, Math.floor(10 * degreesOfFreedom) / 10);
  return tQuantile(0.975, df) * Math.sqrt(variance);
}

/** The least interaction variance for which the weighted squares of the residuals are no more than expected. */
function interactionVariance(observations: readonly Observation[], df: number): number {
  const squares = (interaction: number) => additiveFit(observations, interaction).squares;
  if (squares(0) <= df) return 0;
  let low = 0;
  let high = 1e-4;
  while (squares(high) > df) {
    low = high;
    high *= 4;
  }
  for (let i = 0; i < 30; i += 1) {
    const middle = (low + high) / 2;
    if (squares(middle) > df) low = middle;
    else high = middle;
  }
  return high;
}

interface AdditiveFit {
  /** One for each round. */
  readonly drifts: number[];
  /** What the drifts would vary by if there were none. */
  readonly driftNoise: number;
  /** Sum of the squared residuals, each divided by its variance. */
  readonly squares: number;
  /** Harmonic mean of the variances. */
  readonly typicalVariance: number;
}

/** Weighted least squares for levels and drifts, one after the other until they stay. */
function additiveFit(observations: readonly Observation[], interaction: number): AdditiveFit {
  const weights = observations.map(({ variance }) => 1 / (variance + interaction));
  const levels = new Map<number, number>();
  const drifts = new Map<number, number>();
  const residual = ({ cell, round, value }: Observation) =>
    value - (levels.get(cell) ?? 0) - (drifts.get(round) ?? 0);
  const update = (effects: Map<number, number>, keyOf: (one: Observation) => number) => {
    const sums = new Map<number, { weight: number; total: number }>();
    observations.forEach((one, i) => {
      const key = keyOf(one);
      const weight = weights[i] as number;
      const effect = sums.get(key) ?? { weight: 0, total: 0 };
      effect.weight += weight;
      effect.total += weight * (residual(one) + (effects.get(key) ?? 0));
      sums.set(key, effect);
    });
    let moved = 0;
    for (const [key, { weight, total }] of sums) {
      const next = total / weight;
      moved = Math.max(moved, Math.abs(next - (effects.get(key) ?? 0)));
      effects.set(key, next);
    }
    return moved;
  };
  for (let i = 0; i < 100; i += 1) {
    const moved = Math.max(
      update(levels, ({ cell }) => cell),
      update(drifts, ({ round }) => round),
    );
    if (moved < 1e-9) break;
  }
  const squares = observations.map((one, i) => (weights[i] as number) * residual(one) ** 2);
  return {
    drifts: [...drifts.values()],
    driftNoise: drifts.size / sum(weights),
    squares: sum(squares),
    typicalVariance: weights.length / sum(weights),
  };
}
