import { EXIT, UserError } from '../errors/user-error.ts';
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

export interface PlanInput {
  /** Id of the run. */
  readonly run: string;
  /** Base URL to load if the config names none (that of the embedded order API). */
  readonly target?: string;
  /** Base URL of arm B if the config names none. */
  readonly targetB?: string;
  /** The limits of this machine, if known. */
  readonly machine?: Machine;
  /** The content of the file of `--arrivals`; required if the config names one. */
  readonly recorded?: RecordedLoad;
  /** Most k6 processes that may share the load; 1 by default. */
  readonly mostRunners?: number;
}

export interface ResolvedPlan {
  readonly plan: LoadPlan;
  /** What the plan could not provide in full, in words. */
  readonly notes: readonly string[];
}

/** Default address of the order API that `npm run order-api` starts. */
export const DEFAULT_TARGET = 'http://127.0.0.1:3000';

/** The plan of a run from its configuration. */
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

/** A warm-up has its own VUs, because its last responses may arrive when the load has begun. */
function bytesPerOrder({ scenarioFile, warmupMs }: RunConfig): number {
  if (scenarioFile === null) return BYTES_PER_ORDER;
  return warmupMs > 0 ? 2 * BYTES_PER_VU : BYTES_PER_VU;
}

/** k6 runs no scenario for less than a second, and settling for less would prove little. */
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
    `${sources.duration}: the settling part of each block would be shorter than a second; expected at least ${seconds}s with this profile`,
  );
}

function warmupStage(warmupMs: number, stages: readonly Stage[]): Stage | null {
  const rate = stages[0]?.fromRate ?? 0;
  if (warmupMs === 0) return null;
  return { name: 'warmup', durationSeconds: warmupMs / 1000, fromRate: rate, toRate: rate };
}
