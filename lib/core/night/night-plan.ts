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

interface NightQuestion {
  /**
   * gate: a target that fails it is not worth a night of load. compared: run several times, and compared with past
   * nights. watched: its trend is.
   */
  readonly role: 'gate' | 'compared' | 'watched';
  readonly args: readonly string[];
  /** The same for a quick night. */
  readonly quickArgs: readonly string[];
}

/** What a night asks, in this order. */
const NIGHT: Readonly<Record<NightScenario, NightQuestion>> = {
  smoke: { role: 'gate', args: [], quickArgs: ['--profile', 'quick', '--duration', '2s'] },
  steady: { role: 'compared', args: [], quickArgs: ['--profile', 'quick', '--duration', '3s'] },
  spike: { role: 'watched', args: [], quickArgs: ['--profile', 'quick', '--duration', '6s'] },
  soak: {
    role: 'watched',
    // Enough to see what grows fast; the long one is `npm run load:soak`.
    args: ['--duration', '5m'],
    quickArgs: ['--profile', 'quick', '--duration', '5s', '--warmup', '0s'],
  },
};

/** The scenario whose runs are compared with those of past nights. */
export const COMPARED_SCENARIO: NightScenario = 'steady';

export function nightRole(scenario: NightScenario): NightQuestion['role'] {
  return NIGHT[scenario].role;
}

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
    runs: nightRole(scenario) === 'compared' ? repeats : 1,
    args: quick ? NIGHT[scenario].quickArgs : NIGHT[scenario].args,
  }));
}

/** Where a run goes and what it prints is the night's to say. */
const NIGHT_ONLY = ['LOAD_OUT', 'LOAD_HISTORY', 'LOAD_JSON', 'LOAD_LIVE'];
/** One rate or length cannot fit every scenario; it shapes the one that is compared. */
const COMPARED_ONLY = ['LOAD_RATE', 'LOAD_DURATION'];

/** The environment of a run: target, secrets, limits and profile of the night's own. */
export function stepEnv(env: Env, scenario: NightScenario): Record<string, string | undefined> {
  const left = nightRole(scenario) === 'compared' ? NIGHT_ONLY : [...NIGHT_ONLY, ...COMPARED_ONLY];
  return Object.fromEntries(Object.entries(env).filter(([name]) => !left.includes(name)));
}
