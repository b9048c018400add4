import { tQuantile, tTwoSidedP } from '../statistics/distributions.ts';
import type { EffectTest } from './effect-test.ts';

/** The stored and offered orders of one side. */
export interface Share {
  readonly hits: number;
  readonly trials: number;
  /** How strongly failures cluster, at least 1; trials are divided by it. */
  readonly overdispersion: number;
}

/**
 * The difference of two success ratios, B − A, by Newcombe's hybrid of two Wilson score intervals. Trials are
 * divided by their overdispersion, and Student's t replaces the normal quantile, because the overdispersion is
 * estimated from a few batches.
 *
 * Source: R. G. Newcombe, Interval estimation for the difference between independent proportions:
 * comparison of eleven methods, Statistics in Medicine 17 (1998), method 10.
 */
export function newcombeTest(a: Share, b: Share, df: number): EffectTest {
  const effect = b.hits / b.trials - a.hits / a.trials;
  const at = (critical: number) => newcombeInterval(a, b, critical);
  const interval = (level: number) => at(tQuantile((1 + level) / 2, df));
  const [low, high] = interval(0.95);
  return {
    effect,
    interval,
    df,
    se: (high - low) / 2 / tQuantile(0.975, df),
    pValue: effect === 0 ? 1 : tTwoSidedP(criticalToZero(effect, at), df),
  };
}

function newcombeInterval(a: Share, b: Share, critical: number): readonly [number, number] {
  const rateA = a.hits / a.trials;
  const rateB = b.hits / b.trials;
  const [lowA, highA] = wilson(rateA, a.trials / a.overdispersion, critical);
  const [lowB, highB] = wilson(rateB, b.trials / b.overdispersion, critical);
  const effect = rateB - rateA;
  return [
    effect - Math.hypot(rateB - lowB, highA - rateA),
    effect + Math.hypot(highB - rateB, rateA - lowA),
  ];
}

function wilson(rate: number, trials: number, critical: number): readonly [number, number] {
  const square = critical ** 2;
  const center = (rate + square / (2 * trials)) / (1 + square / trials);
  const half =
    (critical * Math.sqrt((rate * (1 - rate)) / trials + square / (4 * trials ** 2))) /
    (1 + square / trials);
  return [center - half, center + half];
}

/** The critical value at which the interval just reaches 0. */
function criticalToZero(
  effect: number,
  at: (critical: number) => readonly [number, number],
): number {
  const includesZero = (critical: number) => {
    const [low, high] = at(critical);
    return effect > 0 ? low <= 0 : high >= 0;
  };
  let [inside, outside] = [64, 0];
  if (!includesZero(inside)) return inside;
  for (let step = 0; step < 40; step++) {
    const middle = (inside + outside) / 2;
    if (includesZero(middle)) inside = middle;
    else outside = middle;
  }
  return inside;
}
