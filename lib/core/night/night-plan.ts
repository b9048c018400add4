import type { Env } from '../../core/config/env.ts';

export const NIGHT_SCENARIOS = ['smoke', 'steady', 'spike', 'soak'] as const;
export type NightScenario = (typeof NIGHT_SCENARIOS)[number];

/** Runs of one scenario, one after the other. */
export interface NightStep {
  readonly scenario: NightScenario;
  readonly runs: number;
  /** Flags of each run. */
  readonly args: readonly string[];
}

/** Enough of a soak to see what grows fast; the long one is `npm run load:soak`. */
const SOAK = ['--duration', '5m'];

const QUICK: Readonly<Record<NightScenario, readonly string[]>> = {
  smoke: ['--profile', 'quick', '--duration', '2s'],
  steady: ['--profile', 'quick', '--duration', '3s'],
  spike: ['--profile', 'quick', '--duration', '6s'],
  soak: ['--profile', 'quick', '--duration', '5s', '--warmup', '0s'],
};

/** The steps of a night in their order. */
export function nightPlan({
  quick,
  repeats,
}: {
  readonly quick: boolean;
  readonly repeats: number;
}): readonly NightStep[] {
  return NIGHT_SCENARIOS.map((scenario) => ({
    scenario,
    runs: scenario === 'steady' ? repeats : 1,
    args: quick ? QUICK[scenario] : scenario === 'soak' ? SOAK : [],
  }));
}

/** Where a run goes and what it prints is the night's to say. */
const OF_THE_NIGHT = ['LOAD_OUT', 'LOAD_HISTORY', 'LOAD_JSON', 'LOAD_LIVE'];
/** One rate or length cannot fit every scenario; it shapes the one that is compared. */
const OF_STEADY = ['LOAD_RATE', 'LOAD_DURATION'];

/** The environment of a run: target, secrets, limits and profile of the night's own. */
export function stepEnv(env: Env, scenario: NightScenario): Record<string, string | undefined> {
  const left = scenario === 'steady' ? OF_THE_NIGHT : [...OF_THE_NIGHT, ...OF_STEADY];
  return Object.fromEntries(Object.entries(env).filter(([name]) => !left.includes(name)));
}
