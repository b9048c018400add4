import { shuffleRounds } from '../load/ab-blocks.ts';
import { type Arrivals, gapVariation } from '../load/arrivals.ts';
import { clientsFor } from '../load/clients.ts';
import {
  BYTES_PER_ORDER,
  BYTES_PER_VU,
  inFlightBudget,
  type Machine,
  UNKNOWN_MACHINE,
} from '../load/in-flight.ts';
import type { LoadPlan, Stage } from '../load/load-plan.ts';
import type { RecordedLoad } from '../load/recorded-load.ts';
import { durationSeconds, peakOf, scaleStages } from '../load/stages.ts';
import type { RunConfig } from './run-config.ts';
import { EXIT, UserError } from './user-error.ts';

export interface PlanInput {
  /** Id of the run. */
  readonly run: string;
  /** Base URL to load, for a config that names none (the embedded API's). */
  readonly target?: string;
  /** The same for arm B. */
  readonly targetB?: string;
  /** What this machine allows, where it is known. */
  readonly machine?: Machine;
  /** What a file of `--arrivals` holds; must be given where the config names one. */
  readonly recorded?: RecordedLoad;
  /** k6 processes that may share the load, at most; 1 unless said otherwise. */
  readonly mostRunners?: number;
}

export interface ResolvedPlan {
  readonly plan: LoadPlan;
  /** What the plan could not give in full, in plain words. */
  readonly notes: readonly string[];
}

/** Where a plain `k6 run` finds the order API that `npm run order-api` starts. */
export const DEFAULT_TARGET = 'http://127.0.0.1:3000';

/** Turns the configuration of a run into the load that k6 is asked for. */
export function resolvePlan(config: RunConfig, input: PlanInput): ResolvedPlan {
  const { recorded } = input;
  const planned = config.question.stages[config.profile];
  const seconds = config.durationMs === null ? null : config.durationMs / 1000;
  const scaled = scaleStages(planned, config.ratePerSecond, seconds);
  const isAb = config.question.traits.hasTwoTargets;
  if (isAb) refuseShortBlocks(scaled, planned, config);
  const arrivals = arrivalsOf(config, recorded);
  const stages = recorded ? [recorded.stage] : isAb ? shuffleRounds(scaled, config.seed) : scaled;
  const peakPerSecond = peakOf({ stages, arrivals });
  const { notes, refusal, ...inFlight } = inFlightBudget({
    peakPerSecond,
    requestTimeoutMs: config.requestTimeoutMs,
    p95Ms: config.slo.p95Ms,
    retryRatio: config.retryRatio,
    gapVariation: gapVariation(arrivals),
    given: config.maxInFlight,
    bytesPerOrder: bytesPerOrder(config),
    machine: input.machine ?? UNKNOWN_MACHINE,
  });
  if (refusal !== null) throw new UserError('E_MACHINE_LIMIT', refusal, EXIT.environment);
  const plan: LoadPlan = {
    scenario: config.scenario,
    question: config.question.traits,
    profile: config.profile,
    run: input.run,
    seed: config.seed,
    target: config.target ?? input.target ?? DEFAULT_TARGET,
    ...(config.query !== '' && { query: config.query }),
    ...(isAb ? { targetB: config.targetB ?? input.targetB ?? DEFAULT_TARGET } : {}),
    warmup: warmupStage(config.warmupMs, stages),
    stages,
    arrivals,
    requestTimeoutMs: config.requestTimeoutMs,
    retryRatio: config.retryRatio,
    gracefulStopMs: config.gracefulStopMs,
    ...inFlight,
    clients: clientsFor({
      peakPerSecond,
      retryRatio: config.retryRatio,
      given: config.clients,
      maxInFlight: inFlight.maxInFlight,
    }),
    mostRunners: input.mostRunners ?? 1,
    http1: config.http1,
    slo: config.slo,
    mapping: config.mapping,
    auth: config.auth,
    headers: config.headers,
  };
  return { plan, notes };
}

function arrivalsOf({ arrivals }: RunConfig, recorded: RecordedLoad | undefined): Arrivals {
  if (arrivals.kind !== 'file') return arrivals;
  if (recorded === undefined) throw new Error(`${arrivals.path} was not read`);
  return recorded.arrivals;
}

/** A warm-up has VUs of its own, because its last answers are waited for while the load begins. */
function bytesPerOrder({ scenarioFile, warmupMs }: RunConfig): number {
  if (scenarioFile === null) return BYTES_PER_ORDER;
  return warmupMs > 0 ? 2 * BYTES_PER_VU : BYTES_PER_VU;
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
