import { shuffleRounds } from '../load/ab-blocks.ts';
import type { LoadPlan, Stage } from '../load/load-plan.ts';
import { loadProfile } from '../load/load-profiles.ts';
import { durationSeconds, peakRate, scaleStages } from '../load/stages.ts';
import { AB_OVERLAP } from '../load/vu-bytes.ts';
import { vusForRate } from '../load/vus.ts';
import type { RunConfig } from './run-config.ts';
import { UserError } from './user-error.ts';

export interface PlanInput {
  /** Id of the run. */
  readonly run: string;
  /** Base URL to load, for a config that names none (the embedded API's). */
  readonly target?: string;
  /** The same for arm B. */
  readonly targetB?: string;
  /** Free memory for VUs in bytes, where it is known. */
  readonly freeMemoryBytes?: number;
}

export interface ResolvedPlan {
  readonly plan: LoadPlan;
  /** What the plan could not give in full, in plain words. */
  readonly notes: readonly string[];
}

/** Where a plain `k6 run` finds the order API that `npm run target` starts. */
export const DEFAULT_TARGET = 'http://127.0.0.1:3000';

/** Turns the configuration of a run into the load that k6 is asked for. */
export function resolvePlan(config: RunConfig, input: PlanInput): ResolvedPlan {
  const profile = loadProfile(config.scenario, config.profile);
  const seconds = config.durationMs === null ? null : config.durationMs / 1000;
  const scaled = scaleStages(profile.stages, config.ratePerSecond, seconds);
  const isAb = config.scenario === 'ab' && config.scenarioFile === null;
  if (isAb) refuseShortBlocks(scaled, profile.stages, config);
  const stages = isAb ? shuffleRounds(scaled, config.seed) : scaled;
  const { notes, ...vus } = vusForRate({
    peakPerSecond: peakRate(stages),
    slo: config.slo,
    requestTimeoutMs: config.requestTimeoutMs,
    retryRatio: config.retryRatio,
    maxVUs: config.maxVUs,
    freeMemoryBytes:
      input.freeMemoryBytes === undefined ? null : input.freeMemoryBytes / (isAb ? AB_OVERLAP : 1),
  });
  const plan: LoadPlan = {
    scenario: config.scenario,
    profile: config.profile,
    run: input.run,
    seed: config.seed,
    target: config.target ?? input.target ?? DEFAULT_TARGET,
    ...(isAb ? { targetB: config.targetB ?? input.targetB ?? DEFAULT_TARGET } : {}),
    warmup: warmupStage(config.warmupMs, stages),
    stages,
    requestTimeoutMs: config.requestTimeoutMs,
    retryRatio: config.retryRatio,
    gracefulStopMs: config.gracefulStopMs,
    ...vus,
    slo: config.slo,
    mapping: config.mapping,
    auth: config.auth,
    headers: config.headers,
  };
  return { plan, notes };
}

/** k6 runs no scenario for less than a second, and what settles in less proves little. */
function refuseShortBlocks(
  stages: readonly Stage[],
  unscaled: readonly Stage[],
  { sources }: RunConfig,
): void {
  const shortest = (of: readonly Stage[]) => Math.min(...of.map((one) => one.durationSeconds));
  if (shortest(stages) >= 1) return;
  const seconds = Math.ceil(durationSeconds(unscaled) / shortest(unscaled));
  throw new UserError(
    'E_AB_BLOCK',
    `${sources.duration}: the blocks are too short to settle in a second; expected at least ${seconds}s at this profile`,
  );
}

function warmupStage(warmupMs: number, stages: readonly Stage[]): Stage | null {
  const rate = stages[0]?.fromRate ?? 0;
  if (warmupMs === 0) return null;
  return { name: 'warmup', durationSeconds: warmupMs / 1000, fromRate: rate, toRate: rate };
}
