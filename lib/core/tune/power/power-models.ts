import type { Estimate } from '../schema/estimate-schema.ts';
import type { MeasuredSize } from './measured-size.ts';
import { fitRounds, type LogEstimate, type RoundModel } from './round-model.ts';
import type { RoundFigure, RoundFigures } from './size-round.ts';

/** The figures of sizes by number, with intervals. */
export interface FigureModel {
  /** Null without a figure of the size. */
  estimate(size: number): Estimate | null;
  /** The figure of `size` / that of `other`, compared round by round; null if no round has both. */
  ratio(size: number, other: number): Estimate | null;
}

export type PowerModels = Readonly<Record<keyof RoundFigures | 'balanced', FigureModel>>;

/** A figure of 0 has no logarithm. */
const LEAST_FIGURE = 1e-6;

/** What all rounds together say about each size. The number of a size is its place in the list. */
export function powerModels(sizes: readonly MeasuredSize[], balancedWeight: number): PowerModels {
  const modelOf = (figureOf: (figures: RoundFigures) => RoundFigure | null) =>
    figureModel(sizes, figureOf);
  const durationMs = modelOf((figures) => figures.durationMs);
  const costPerMillionUsd = modelOf((figures) => figures.costPerMillionUsd);
  const highest = (model: FigureModel) =>
    Math.max(...sizes.map((_, size) => model.estimate(size)?.value ?? 0));
  const maxMs = highest(durationMs);
  const maxUsd = highest(costPerMillionUsd);
  return {
    durationMs,
    costPerMillionUsd,
    billedMs: modelOf((figures) => figures.billedMs),
    p95Ms: modelOf((figures) => figures.p95Ms),
    p99Ms: modelOf((figures) => figures.p99Ms),
    balanced: modelOf((figures) =>
      weighted(
        balancedWeight,
        { ...figures.costPerMillionUsd, max: maxUsd },
        { ...figures.durationMs, max: maxMs },
      ),
    ),
  };
}

/**
 * Cost and duration, each as a share of the highest, weighted as aws-lambda-power-tuning does. Both come from the same
 * invocations, so their errors add up.
 */
function weighted(
  weight: number,
  cost: RoundFigure & { readonly max: number },
  duration: RoundFigure & { readonly max: number },
): RoundFigure {
  const ofCost = (weight * cost.value) / cost.max;
  const ofDuration = ((1 - weight) * duration.value) / duration.max;
  const value = ofCost + ofDuration;
  const deviation =
    ofCost * Math.sqrt(cost.logVariance) + ofDuration * Math.sqrt(duration.logVariance);
  return { value, logVariance: (deviation / value) ** 2 };
}

function figureModel(
  sizes: readonly MeasuredSize[],
  figureOf: (figures: RoundFigures) => RoundFigure | null,
): FigureModel {
  const observations = sizes.flatMap(({ status, rounds }, cell) =>
    rounds.flatMap(({ round, figures }) => {
      const figure = status === 'measured' && figures !== null ? figureOf(figures) : null;
      if (figure === null) return [];
      const value = Math.log(Math.max(figure.value, LEAST_FIGURE));
      return [{ cell, round, value, variance: figure.logVariance }];
    }),
  );
  if (observations.length === 0) return { estimate: () => null, ratio: () => null };
  const model: RoundModel = fitRounds(observations);
  return {
    estimate: (size) => estimateOf(model.level(size)),
    ratio: (size, other) => estimateOf(model.difference(size, other)),
  };
}

function estimateOf(log: LogEstimate | null): Estimate | null {
  if (log === null) return null;
  const { value, halfWidth } = log;
  return {
    value: Math.exp(value),
    low: halfWidth === null ? null : Math.exp(value - halfWidth),
    high: halfWidth === null ? null : Math.exp(value + halfWidth),
  };
}
