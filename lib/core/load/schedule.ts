import { type Arrivals, gapVariation } from './arrivals.ts';
import { gapFractions } from './gap-fractions.ts';
import type { Stage } from './load-plan.ts';
import { seededRandom } from './seeded-random.ts';
import { totalOrders } from './stages.ts';

/** An order at the moment at which it is due. */
export interface DueOrder {
  /** Number in the schedule, from 0 on. */
  readonly order: number;
  /** Number in its stage, from 0 on. */
  readonly nth: number;
  /** Position of its stage. */
  readonly stage: number;
  /** Milliseconds after the start of the load. */
  readonly dueMs: number;
}

/** All orders of a load, by the time at which they fall due. */
export interface Schedule {
  /** The current order; the same object each time, overwritten by `next`. */
  readonly due: DueOrder;
  /** Moves on; false when there is no further order. */
  readonly next: () => boolean;
}

export interface ScheduleInput {
  readonly stages: readonly Stage[];
  readonly arrivals: Arrivals;
  readonly seed: number;
  /** Of recorded arrivals: milliseconds after the start of the load, ascending. */
  readonly recordedMs?: readonly number[];
}

/**
 * The schedule of a load. It depends on its input only, so a report determines it. Every stage holds exactly the
 * planned number of orders (`ordersByStage`), whatever the arrivals.
 *
 * The rate of a stage is linear, so the number of its orders up to a moment t is
 *
 *   Λ(t) = r₀ t + a t² / 2
 *
 * Orders are placed on Λ, evenly or at random, and their times are its inverse: a unit-rate process mapped like
 * this has the rate of the stage at every moment.
 *
 * Source: Çinlar, Introduction to Stochastic Processes, 1975, section 4.7 (time change).
 */
export function createSchedule({
  stages,
  arrivals,
  seed,
  recordedMs = [],
}: ScheduleInput): Schedule {
  const due = { order: -1, nth: -1, stage: 0, dueMs: 0 };
  if (arrivals.kind === 'recorded') {
    const next = (): boolean => {
      const dueMs = recordedMs[due.order + 1];
      if (dueMs === undefined) return false;
      due.order += 1;
      due.nth += 1;
      due.dueMs = dueMs;
      return true;
    };
    return { due, next };
  }

  const counts = ordersByStage(stages);
  const isBelowOne = isBelowOneOrder(stages);
  const cv = gapVariation(arrivals);
  let offsetOf = positionsIn(0);
  let inverse = inverseOf(stages[0]);
  let startMs = 0;

  /** Where the orders of a stage lie, as shares of the orders of its whole line. */
  function positionsIn(stage: number): (nth: number) => number {
    const count = counts[stage] ?? 0;
    if (isBelowOne) return () => 0.5;
    if (cv === 0) {
      const { from, area } = spanOf(stages, stage);
      const first = ordersBefore(from);
      // The middle of each order's share: the first is not due at the very start, nor the last at the end.
      return (nth) => (first + nth + 0.5 - from) / area;
    }
    const fraction = gapFractions(cv, seededRandom(seed, stage));
    let rest = 1;
    return (nth) => {
      rest *= 1 - fraction(count - nth);
      return 1 - rest;
    };
  }

  const next = (): boolean => {
    while (due.nth + 1 >= (counts[due.stage] ?? 0)) {
      const ended = stages[due.stage];
      if (ended === undefined || due.stage + 1 >= stages.length) return false;
      startMs += ended.durationSeconds * 1000;
      due.stage += 1;
      due.nth = -1;
      offsetOf = positionsIn(due.stage);
      inverse = inverseOf(stages[due.stage]);
    }
    due.order += 1;
    due.nth += 1;
    due.dueMs = startMs + inverse(offsetOf(due.nth));
    return true;
  };
  return { due, next };
}

/** Orders of each stage; together as many as the rounded area under the rate, and one where that is below. */
export function ordersByStage(stages: readonly Stage[]): readonly number[] {
  if (isBelowOneOrder(stages)) {
    const areas = stages.map((_, stage) => spanOf(stages, stage).area);
    const largest = areas.indexOf(Math.max(...areas));
    return stages.map((_, stage) => (stage === largest ? 1 : 0));
  }
  return stages.map((_, stage) => {
    const { from, area } = spanOf(stages, stage);
    return ordersBefore(from + area) - ordersBefore(from);
  });
}

/** A load that rounds to no orders sends one, in the middle of its largest stage. */
function isBelowOneOrder(stages: readonly Stage[]): boolean {
  const area = totalOrders(stages);
  return area > 0 && ordersBefore(area) <= 0;
}

/** Orders of all stages. */
export function scheduledOrders(stages: readonly Stage[]): number {
  return ordersByStage(stages).reduce((sum, count) => sum + count, 0);
}

/** Order n is at n + ½ on Λ. Sums of rates are off by a few last digits, which must not decide. */
function ordersBefore(lambda: number): number {
  return Math.ceil(Number((lambda - 0.5).toFixed(6)));
}

function spanOf(stages: readonly Stage[], stage: number): { from: number; area: number } {
  const areaOf = ({ durationSeconds, fromRate, toRate }: Stage) =>
    (durationSeconds * (fromRate + toRate)) / 2;
  const from = stages.slice(0, stage).reduce((sum, before) => sum + areaOf(before), 0);
  const it = stages[stage];
  return { from, area: it === undefined ? 0 : areaOf(it) };
}

/** Milliseconds into a stage at which a share of its orders has fallen due. */
function inverseOf(stage: Stage | undefined): (share: number) => number {
  if (stage === undefined) return () => 0;
  const { durationSeconds, fromRate, toRate } = stage;
  const lengthMs = durationSeconds * 1000;
  if (fromRate === toRate) return (share) => within(share) * lengthMs;
  // Of the two ways to write the root of a quadratic this one also takes a rate that begins at 0.
  const sum = fromRate + toRate;
  const rise = toRate * toRate - fromRate * fromRate;
  return (share) => {
    const x = within(share);
    return x === 0
      ? 0
      : (lengthMs * x * sum) / (fromRate + Math.sqrt(fromRate * fromRate + x * rise));
  };
}

/** Rounding may leave [0, 1] by a last digit. This runs for every order, where `Math.min` would be slow. */
function within(share: number): number {
  if (share > 0 && share < 1) return share;
  return share > 0 ? 1 : 0;
}
