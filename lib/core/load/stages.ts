import type { LoadPlan, Stage } from './load-plan.ts';

/** k6 takes whole rates per time unit; to the thousandth, a unit of 1000 s expresses any rate exactly. */
const RATE_GRAIN = 1000;

/** Length of all stages together in seconds. */
export function durationSeconds(stages: readonly Stage[]): number {
  let seconds = 0;
  for (const stage of stages) seconds += stage.durationSeconds;
  return seconds;
}

/** Highest arrival rate of all stages, in orders per second. */
export function peakRate(stages: readonly Stage[]): number {
  let peak = 0;
  for (const stage of stages) peak = Math.max(peak, stage.fromRate, stage.toRate);
  return peak;
}

/** Highest arrival rate of a load, in orders per second; of a recording that of its busiest second. */
export function peakOf({ stages, arrivals }: Pick<LoadPlan, 'stages' | 'arrivals'>): number {
  return arrivals.kind === 'recorded' ? arrivals.peakPerSecond : peakRate(stages);
}

/** Orders that all stages together plan: the area under the rate. Not rounded; orders are sent in whole numbers. */
export function totalOrders(stages: readonly Stage[]): number {
  let orders = 0;
  for (const stage of stages) {
    orders += (stage.durationSeconds * (stage.fromRate + stage.toRate)) / 2;
  }
  return orders;
}

/** A stage at an instant: its name, and when the next one follows. */
export interface StageSpan {
  readonly name: string;
  /** Milliseconds after the start of the scenario; infinite for the last stage. */
  readonly endMs: number;
}

/**
 * The stage that runs `elapsedMs` after the start of the scenario. An instant on the border belongs
 * to the later stage; the last stage also takes what comes after the end.
 */
export function stageAt(stages: readonly Stage[], elapsedMs: number): StageSpan {
  const last = stages.length - 1;
  let endMs = 0;
  for (let i = 0; i < last; i++) {
    const stage = stages[i] as Stage;
    endMs += stage.durationSeconds * 1000;
    if (elapsedMs < endMs) return { name: stage.name, endMs };
  }
  return { name: stages[last]?.name ?? '', endMs: Number.POSITIVE_INFINITY };
}

/** Orders that the stages plan to start in [fromMs, toMs) after the start of the scenario. */
export function plannedStarted(stages: readonly Stage[], fromMs: number, toMs: number): number {
  let orders = 0;
  let startMs = 0;
  for (const stage of stages) {
    const lengthMs = stage.durationSeconds * 1000;
    const from = Math.min(Math.max(fromMs - startMs, 0), lengthMs);
    const to = Math.min(Math.max(toMs - startMs, 0), lengthMs);
    if (to > from) {
      const slope = (stage.toRate - stage.fromRate) / lengthMs;
      const middleRate = stage.fromRate + (slope * (from + to)) / 2;
      orders += (middleRate * (to - from)) / 1000;
    }
    startMs += lengthMs;
  }
  return orders;
}

/** The stages, scaled to another peak rate and another total duration; null keeps the current one. */
export function scaleStages(
  stages: readonly Stage[],
  peakPerSecond: number | null,
  totalSeconds: number | null,
): readonly Stage[] {
  const rateFactor = peakPerSecond === null ? 1 : peakPerSecond / peakRate(stages);
  const scaleRate = (rate: number) => Math.round(rate * rateFactor * RATE_GRAIN) / RATE_GRAIN;
  const timeFactor = totalSeconds === null ? 1 : totalSeconds / durationSeconds(stages);

  let end = 0;
  let roundedEndMs = 0;
  return stages.map((stage) => {
    end += stage.durationSeconds * timeFactor;
    // Borders are rounded instead of lengths, so the lengths add up to the total.
    const lengthMs = Math.round(end * 1000) - roundedEndMs;
    roundedEndMs += lengthMs;
    return {
      name: stage.name,
      durationSeconds: lengthMs / 1000,
      fromRate: scaleRate(stage.fromRate),
      toRate: scaleRate(stage.toRate),
    };
  });
}
