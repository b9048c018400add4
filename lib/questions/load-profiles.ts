import { abRounds } from '../core/load/ab-blocks.ts';
import type { SpacedArrivals } from '../core/load/arrivals.ts';
import {
  type ProfileName,
  SCENARIO_NAMES,
  type ScenarioName,
  type Slo,
  type Stage,
} from '../core/load/load-plan.ts';
import { staircase } from '../core/load/staircase.ts';

/** One scenario at one profile: the load before any override. */
export interface LoadProfile {
  readonly stages: readonly Stage[];
  readonly slo: Slo;
  readonly requestTimeoutMs: number;
  readonly arrivals: SpacedArrivals;
  /** 0 where the target's first contact is part of the question. */
  readonly warmupSeconds: number;
  /** Steps that are added where the first ones have shown where capacity lies. */
  readonly refinements: number;
}

export const DEFAULT_PROFILE: ProfileName = 'standard';

const plateau = (name: string, ratePerSecond: number, durationSeconds: number): Stage => ({
  name,
  durationSeconds,
  fromRate: ratePerSecond,
  toRate: ratePerSecond,
});

const slope = (name: string, fromRate: number, toRate: number, durationSeconds: number): Stage => ({
  name,
  durationSeconds,
  fromRate,
  toRate,
});

/** Steps wide enough to find the place soon; `--refine` narrows it down. */
const climb = (peakPerSecond: number, steps: number, stepSeconds: number): readonly Stage[] =>
  staircase({ peakPerSecond, ratio: 1.5, steps, stepSeconds });

/** Two steps to each doubling, from a rate that hardly anything fails at. */
const fineClimb = (peakPerSecond: number, steps: number, stepSeconds: number): readonly Stage[] =>
  staircase({ peakPerSecond, ratio: Math.SQRT2, steps, stepSeconds });

const burst = (
  baseRate: number,
  burstRate: number,
  baselineSeconds: number,
  burstSeconds: number,
  recoverySeconds: number,
): readonly Stage[] => [
  plateau('baseline', baseRate, baselineSeconds),
  slope('jump', baseRate, burstRate, 1),
  plateau('burst', burstRate, burstSeconds),
  plateau('recovery', baseRate, recoverySeconds),
];

/** Users arrive at random, and that is what a question about capacity or a burst is about. */
const AT_RANDOM: SpacedArrivals = { kind: 'poisson' };
/** What is compared from run to run has less noise without the draw. */
const EVEN: SpacedArrivals = { kind: 'even' };

type Character = Omit<LoadProfile, 'stages' | 'warmupSeconds' | 'refinements'>;

/** What a scenario demands at every profile. */
const CHARACTER: Readonly<Record<ScenarioName, Character>> = {
  smoke: {
    slo: { successRatio: 1, p95Ms: 2000 },
    requestTimeoutMs: 10_000,
    arrivals: EVEN,
  },
  steady: {
    slo: { successRatio: 0.999, p95Ms: 500 },
    requestTimeoutMs: 5000,
    arrivals: EVEN,
  },
  ramp: {
    slo: { successRatio: 0.99, p95Ms: 500 },
    requestTimeoutMs: 5000,
    arrivals: AT_RANDOM,
  },
  spike: {
    slo: { successRatio: 0.99, p95Ms: 1000 },
    requestTimeoutMs: 5000,
    arrivals: AT_RANDOM,
  },
  soak: {
    slo: { successRatio: 0.999, p95Ms: 500 },
    requestTimeoutMs: 5000,
    arrivals: AT_RANDOM,
  },
  ab: {
    slo: { successRatio: 0.999, p95Ms: 500 },
    requestTimeoutMs: 5000,
    arrivals: EVEN,
  },
  batch: {
    slo: { successRatio: 0.999, p95Ms: 1000 },
    requestTimeoutMs: 5000,
    arrivals: EVEN,
  },
  breakpoint: {
    slo: { successRatio: 0.99, p95Ms: 1000 },
    requestTimeoutMs: 5000,
    arrivals: AT_RANDOM,
  },
};

const STAGES: Readonly<Record<ScenarioName, Readonly<Record<ProfileName, readonly Stage[]>>>> = {
  smoke: {
    quick: [plateau('smoke', 1, 5)],
    standard: [plateau('smoke', 2, 8)],
    long: [plateau('smoke', 5, 10)],
  },
  steady: {
    quick: [plateau('steady', 50, 10)],
    standard: [plateau('steady', 50, 60)],
    long: [plateau('steady', 50, 600)],
  },
  ramp: {
    quick: climb(100, 4, 3),
    standard: climb(200, 8, 15),
    long: climb(200, 8, 60),
  },
  spike: {
    quick: burst(10, 100, 3, 4, 6),
    standard: burst(10, 100, 10, 14, 20),
    long: burst(20, 300, 60, 60, 120),
  },
  soak: {
    quick: [plateau('soak', 20, 60)],
    standard: [plateau('soak', 20, 30 * 60)],
    long: [plateau('soak', 20, 4 * 3600)],
  },
  ab: {
    quick: abRounds({ rounds: 3, blockSeconds: 5, ratePerSecond: 50 }),
    standard: abRounds({ rounds: 6, blockSeconds: 10, ratePerSecond: 50 }),
    long: abRounds({ rounds: 15, blockSeconds: 20, ratePerSecond: 50 }),
  },
  batch: {
    quick: [plateau('batch', 50, 10)],
    standard: [plateau('batch', 100, 60)],
    long: [plateau('batch', 100, 600)],
  },
  breakpoint: {
    quick: fineClimb(200, 8, 3),
    standard: fineClimb(500, 12, 15),
    long: fineClimb(1000, 16, 60),
  },
};

const WARMUP_SECONDS = 10;
const REFINEMENTS = 3;

function warmsUp(scenario: ScenarioName, profile: ProfileName): boolean {
  return scenario === 'soak' || (scenario === 'steady' && profile === 'long');
}

function isScenarioName(name: string): name is ScenarioName {
  return (SCENARIO_NAMES as readonly string[]).includes(name);
}

/** The load of a scenario at a profile. A user's own scenario starts from the shape of `steady`. */
export function loadProfile(scenario: string, profile: ProfileName): LoadProfile {
  const shape = isScenarioName(scenario) ? scenario : 'steady';
  return {
    ...CHARACTER[shape],
    stages: STAGES[shape][profile],
    warmupSeconds: warmsUp(shape, profile) ? WARMUP_SECONDS : 0,
    refinements: shape === 'ramp' && profile !== 'quick' ? REFINEMENTS : 0,
  };
}
