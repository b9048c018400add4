import type { PowerCell } from '../../lib/core/tune/power/power-cell.ts';
import { powerResult } from '../../lib/core/tune/power/power-result.ts';
import type { PowerSettings } from '../../lib/core/tune/power/power-settings.ts';
import type { Estimate } from '../../lib/core/tune/schema/estimate-schema.ts';
import type { PowerChoice, PowerResult } from '../../lib/core/tune/schema/power-schema.ts';
import { type SizeTruth, sizeTruth } from './power-truth.ts';
import { type Mix, type Noise, type SweepPlan, simulatedSweep } from './simulated-sweep.ts';

export const CELLS: readonly PowerCell[] = [128, 256, 512, 1024, 1769, 3008].map((memoryMb) => ({
  memoryMb,
  architecture: 'x86',
}));

export const MIXES: readonly Mix[] = [
  { name: 'order: 3.7 ms of work, 5.2 ms of waiting', workMs: 3.7, ioMs: 5.2 },
  { name: 'first call: 66 and 38 ms', workMs: 66, ioMs: 38 },
  { name: 'computing: 200 and 0 ms', workMs: 200, ioMs: 0 },
  { name: 'waiting: 2 and 80 ms', workMs: 2, ioMs: 80 },
  { name: 'half and half: 20 and 20 ms', workMs: 20, ioMs: 20 },
  { name: 'long: 400 and 120 ms', workMs: 400, ioMs: 120 },
];

export const NOISES = {
  calm: { name: 'calm', call: 0.03, round: 0.003, wander: 0.002, cell: 0.001, hiccups: 0.005 },
  usual: { name: 'usual', call: 0.05, round: 0.02, wander: 0.004, cell: 0.003, hiccups: 0.01 },
  rough: { name: 'rough', call: 0.1, round: 0.05, wander: 0.01, cell: 0.01, hiccups: 0.02 },
} as const satisfies Readonly<Record<string, Noise>>;

const STRATEGIES = ['cost', 'speed', 'balanced', 'slo'] as const;
type ChosenBy = (typeof STRATEGIES)[number];

/** How often something held, of how many. */
export interface Tally {
  held: number;
  of: number;
}

export interface Outcomes {
  /** The choice is the true best, or within 1% of it. */
  readonly best: Readonly<Record<ChosenBy, Tally>>;
  /** The interval covers the truth. */
  readonly covered: Readonly<Record<'duration' | 'cost' | 'p95' | 'ratio', Tally>>;
  /** Sizes whose true difference from the chosen one is below 1% are not called different. */
  readonly alike: Tally;
  /** Of those, they are called the same. */
  readonly same: Tally;
}

const none = (): Tally => ({ held: 0, of: 0 });

/** Simulates sweeps and compares what is made of them with the truth. */
export function powerOutcomes(
  mix: Mix,
  noise: Noise,
  plan: Omit<SweepPlan, 'cells'>,
  sweeps: number,
  seed: number,
): Outcomes {
  const truths = CELLS.map((cell) => sizeTruth(mix, noise, cell));
  const sloP95Ms = sloBetween(truths);
  const outcomes: Outcomes = {
    best: { cost: none(), speed: none(), balanced: none(), slo: none() },
    covered: { duration: none(), cost: none(), p95: none(), ratio: none() },
    alike: none(),
    same: none(),
  };
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const rounds = simulatedSweep(mix, noise, { ...plan, cells: CELLS }, 10_000 * seed + sweep);
    const result = powerResult(rounds, settingsWith(sloP95Ms));
    for (const choice of result.choices) {
      count(outcomes.best[choice.strategy], isGood(choice, truths, sloP95Ms));
      if (choice.strategy === 'cost' || choice.strategy === 'speed') {
        countAlike(outcomes, choice, choice.strategy, truths);
      }
    }
    countCovered(outcomes, result, truths);
  }
  return outcomes;
}

function settingsWith(sloP95Ms: number): PowerSettings {
  return {
    cells: CELLS,
    region: null,
    strategy: 'cost',
    balancedWeight: 0.5,
    sloP95Ms,
    leastSuccess: 0.99,
    discardTopBottom: 0.2,
    onlyColdStarts: false,
    provisionedConcurrency: null,
  };
}

/** In the middle of the widest gap between the p95 of two sizes, as ratios go. */
function sloBetween(truths: readonly SizeTruth[]): number {
  const sorted = truths.map(({ p95Ms }) => p95Ms).sort((a, b) => a - b);
  const gaps = sorted.slice(1).map((p95Ms, i) => {
    const below = sorted[i] as number;
    return { ratio: p95Ms / below, middle: Math.sqrt(p95Ms * below) };
  });
  return gaps.reduce((widest, gap) => (gap.ratio > widest.ratio ? gap : widest)).middle;
}

function isGood(choice: PowerChoice, truths: readonly SizeTruth[], sloP95Ms: number): boolean {
  const { chosen, strategy } = choice;
  if (chosen === null) return false;
  const score = scoreOf(strategy, truths);
  const allowed = strategy === 'slo' ? truths.filter(({ p95Ms }) => p95Ms <= sloP95Ms) : truths;
  const truth = truthOf(chosen, truths);
  return allowed.includes(truth) && score(truth) <= 1.01 * Math.min(...allowed.map(score));
}

function scoreOf(
  strategy: PowerChoice['strategy'],
  truths: readonly SizeTruth[],
): (truth: SizeTruth) => number {
  if (strategy === 'speed') return ({ durationMs }) => durationMs;
  if (strategy !== 'balanced') return ({ costPerMillionUsd }) => costPerMillionUsd;
  const maxUsd = Math.max(...truths.map(({ costPerMillionUsd }) => costPerMillionUsd));
  const maxMs = Math.max(...truths.map(({ durationMs }) => durationMs));
  return ({ costPerMillionUsd, durationMs }) => costPerMillionUsd / maxUsd + durationMs / maxMs;
}

function countAlike(
  outcomes: Outcomes,
  { chosen, sameAs, notToldApart }: PowerChoice,
  strategy: 'cost' | 'speed',
  truths: readonly SizeTruth[],
): void {
  if (chosen === null) return;
  const score = scoreOf(strategy, truths);
  const best = score(truthOf(chosen, truths));
  for (const cell of CELLS) {
    const difference = Math.abs(score(truthOf(cell, truths)) / best - 1);
    if (cell.memoryMb === chosen.memoryMb || difference >= 0.01) continue;
    const isAmong = (cells: readonly PowerCell[]) =>
      cells.some(({ memoryMb }) => memoryMb === cell.memoryMb);
    count(outcomes.alike, isAmong(sameAs) || isAmong(notToldApart));
    count(outcomes.same, isAmong(sameAs));
  }
}

function countCovered(
  { covered }: Outcomes,
  { sizes, choice }: PowerResult,
  truths: readonly SizeTruth[],
): void {
  const chosen = choice.chosen === null ? null : truthOf(choice.chosen, truths);
  for (const size of sizes) {
    const truth = truthOf(size, truths);
    count(covered.duration, covers(size.durationMs, truth.durationMs));
    count(covered.cost, covers(size.costPerMillionUsd, truth.costPerMillionUsd));
    count(covered.p95, covers(size.p95Ms, truth.p95Ms));
    if (size.againstChosen === null || chosen === null) continue;
    const { cost, duration } = size.againstChosen;
    count(covered.ratio, covers(cost, truth.costPerMillionUsd / chosen.costPerMillionUsd));
    count(covered.ratio, covers(duration, truth.durationMs / chosen.durationMs));
  }
}

function covers(estimate: Estimate | null, truth: number): boolean {
  if (estimate === null || estimate.low === null || estimate.high === null) return false;
  return estimate.low <= truth && truth <= estimate.high;
}

function truthOf({ memoryMb }: PowerCell, truths: readonly SizeTruth[]): SizeTruth {
  return truths[CELLS.findIndex((cell) => cell.memoryMb === memoryMb)] as SizeTruth;
}

function count(tally: Tally, holds: boolean): void {
  tally.of += 1;
  if (holds) tally.held += 1;
}
