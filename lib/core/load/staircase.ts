import type { Stage } from './load-plan.ts';

/**
 * Share of every step that settles, while environments start cold and connections are opened. Orders
 * that are due in it belong to a separate stage and are not judged.
 */
const SETTLING_SHARE = 0.25;
const SETTLING_SUFFIX = '-settling';

/** One rate held for a time, including its settling part. */
export interface Step {
  /** Name of the judged stage. */
  readonly name: string;
  readonly ratePerSecond: number;
  readonly seconds: number;
}

/**
 * A geometric staircase of plateaus up to `peakPerSecond`: each step offers `ratio` times the rate of
 * the one below, so capacity is found with the same relative accuracy wherever it lies. Steps are
 * named `step-1`, `step-2`, …; the first quarter of step n is the stage `step-n-settling`.
 */
export function staircase(shape: {
  readonly peakPerSecond: number;
  readonly ratio: number;
  readonly steps: number;
  readonly stepSeconds: number;
}): readonly Stage[] {
  const { peakPerSecond, ratio, steps, stepSeconds } = shape;
  return Array.from({ length: steps }, (_, i) =>
    stagesOfStep({
      name: `step-${i + 1}`,
      ratePerSecond: roundRate(peakPerSecond / ratio ** (steps - 1 - i)),
      seconds: stepSeconds,
    }),
  ).flat();
}

/** The stages of one step: the settling part, then the judged one under the step's own name. */
export function stagesOfStep({ name, ratePerSecond, seconds }: Step): readonly [Stage, Stage] {
  const rates = { fromRate: ratePerSecond, toRate: ratePerSecond };
  const settlingSeconds = Math.round(seconds * SETTLING_SHARE * 1000) / 1000;
  return [
    { name: `${name}${SETTLING_SUFFIX}`, durationSeconds: settlingSeconds, ...rates },
    { name, durationSeconds: Math.round((seconds - settlingSeconds) * 1000) / 1000, ...rates },
  ];
}

/** Whether the orders of a stage are not judged, because its step is settling. */
export function isSettling(stageName: string): boolean {
  return stageName.endsWith(SETTLING_SUFFIX);
}

/** A rate rounded to three digits, at most to a thousandth: readable, and exact in k6. */
export function roundRate(perSecond: number): number {
  return Math.round(Number(perSecond.toPrecision(3)) * 1000) / 1000;
}
