import type { FunctionReading } from '../lambda/platform-reading.ts';
import type { LoadPlan, QuestionTraits } from '../load/load-plan.ts';
import { durationSeconds, totalOrders } from '../load/stages.ts';
import type { RunnerTelemetry } from '../telemetry/tally.ts';
import { publicUrl } from './public-url.ts';
import type { K6Exit, RunContext, ScenarioException } from './run-context.ts';
import type { Report } from './schema/report-schema.ts';

/** Most exceptions kept in a report. */
const MAX_EXCEPTIONS = 20;

/** The parts of the plan that a report keeps. */
export interface PlanFacts
  extends Pick<Report['load'], 'stages' | 'warmup' | 'plannedOrders' | 'slo' | 'requestTimeoutMs'> {
  /** Absent for an older report. */
  readonly arrivals?: NonNullable<Report['load']['arrivals']>;
  readonly question: QuestionTraits;
  readonly maxInFlight: number;
  readonly inFlightBound: number;
  readonly inFlightLimit?: NonNullable<Report['load']['inFlightLimit']>;
  readonly clients: number;
  readonly durationMs: number;
  /** Share of the orders that are sent again, 0 to 1. */
  readonly retryRatio: number;
}

/** The parts of a run's context that a report keeps; facts of several runners can be added up. */
export interface RunFacts {
  readonly run: Omit<Report['run'], 'verdict' | 'reasons' | 'loadStartedAt'>;
  readonly target: Report['target'];
  readonly targetB?: NonNullable<Report['targetB']>;
  readonly request?: NonNullable<Report['load']['request']>;
  readonly orders: Omit<Report['orders'], 'iterations' | 'warmupIterations'>;
  readonly generator: {
    readonly cpuSeconds: number | null;
    readonly peakRssBytes: number | null;
    readonly peakCpuShare: number | null;
    /** ISO 8601: when the generator's CPU was first at the limit, or null. */
    readonly saturatedAt: string | null;
    /** Why the generator is known to be saturated, or null. */
    readonly why: string | null;
    readonly heldBack?: NonNullable<Report['generator']['heldBack']>;
    readonly token?: NonNullable<Report['generator']['token']>;
    readonly exceptions: readonly ScenarioException[];
  };
  readonly exact: NonNullable<RunContext['exact']>;
  /** Platform and queue belong to the run as a whole; facts of several runners have neither. */
  readonly platform?: RunContext['platform'];
  readonly queue?: RunContext['queue'];
}

export function planFactsOf(plan: LoadPlan): PlanFacts {
  return {
    question: plan.question,
    stages: plan.stages,
    warmup: plan.warmup,
    plannedOrders: totalOrders(plan.stages),
    slo: plan.slo,
    arrivals: plan.arrivals,
    maxInFlight: plan.maxInFlight,
    inFlightBound: plan.inFlightBound,
    ...(plan.inFlightLimit && { inFlightLimit: plan.inFlightLimit }),
    clients: plan.clients,
    requestTimeoutMs: plan.requestTimeoutMs,
    durationMs: durationSeconds(plan.stages) * 1000,
    retryRatio: plan.retryRatio,
  };
}

export function planFactsOfReport({ load, retries }: Report, question: QuestionTraits): PlanFacts {
  return {
    question,
    stages: load.stages,
    warmup: load.warmup,
    plannedOrders: load.plannedOrders,
    slo: load.slo,
    ...(load.arrivals && { arrivals: load.arrivals }),
    maxInFlight: load.maxInFlight ?? load.maxVUs,
    inFlightBound: load.inFlightBound ?? load.littleBoundVUs,
    ...(load.inFlightLimit && { inFlightLimit: load.inFlightLimit }),
    clients: load.clients ?? 1,
    requestTimeoutMs: load.requestTimeoutMs,
    durationMs: durationSeconds(load.stages) * 1000,
    retryRatio: retries?.ratio ?? 0,
  };
}

export function factsOf(
  plan: LoadPlan,
  runners: readonly RunnerTelemetry[],
  context: RunContext,
): RunFacts {
  const { target, k6, generator } = context;
  return {
    run: {
      id: plan.run,
      scenario: plan.scenario,
      ...(context.ownScenario && { ownScenario: true }),
      profile: plan.profile,
      ...(context.command && { command: context.command }),
      label: context.label,
      startedAt: context.startedAt,
      endedAt: context.endedAt,
      status: context.status,
      ...(context.release !== undefined && { release: context.release }),
      gitCommit: context.gitCommit,
      suiteVersion: context.suiteVersion,
      k6Version: context.k6Version,
      nodeVersion: context.nodeVersion,
      hostCpus: context.hostCpus,
      configHash: context.configHash,
      seed: plan.seed,
      runners: sortByName(
        runners.map(({ runner, ended, faults }) => ({ name: runner, ended, faults })),
      ),
      k6Exits: [{ exitCode: k6.exitCode, signal: k6.signal }],
      telemetryFaults: context.telemetryFaults ?? [],
      abortReason: context.abortReason,
    },
    target: targetFacts(target, plan.target, settingsOf(context.platform)),
    ...(context.targetB === undefined || plan.targetB === undefined
      ? {}
      : { targetB: targetFacts(context.targetB, plan.targetB) }),
    ...(context.request && { request: context.request }),
    orders: {
      idPattern:
        plan.targetB === undefined
          ? `lt-${plan.run}-<iteration>`
          : `lt-${plan.run}-<step>-<iteration>`,
      warmupIdPattern: `lt-${plan.run}-w<iteration>`,
      prefix: `lt-${plan.run}-`,
      ...bodyFacts(plan),
    },
    generator: {
      cpuSeconds: generator.cpuSeconds,
      peakRssBytes: generator.peakRssBytes,
      peakCpuShare: generator.peakCpuShare ?? null,
      saturatedAt:
        generator.saturatedMs == null ? null : new Date(generator.saturatedMs).toISOString(),
      why: generator.saturatedWhy ?? null,
      ...(generator.heldBack && { heldBack: generator.heldBack }),
      ...(generator.token && { token: generator.token }),
      exceptions: topExceptions(k6.exceptions),
    },
    exact: context.exact ?? {},
    ...(context.platform && { platform: context.platform }),
    ...(context.queue && { queue: context.queue }),
  };
}

function bodyFacts({
  mapping: { body, bodies, idField, idFrom },
}: LoadPlan): Pick<Report['orders'], 'body' | 'idField' | 'idFrom'> {
  const { file, rows, sha256 } = bodies ?? {};
  return {
    ...(body !== null && { body: { template: body } }),
    ...(bodies !== null && { body: { file, rows, sha256 } }),
    ...(idField !== null && { idField }),
    ...(idFrom !== null && { idFrom }),
  };
}

/** What the lens read of the function that takes the orders. */
function settingsOf(platform: RunContext['platform']): FunctionReading['settings'] {
  return platform !== undefined && 'functions' in platform
    ? platform.functions[0].settings
    : undefined;
}

function targetFacts(
  target: RunContext['target'],
  url: string,
  seen?: FunctionReading['settings'],
): Report['target'] {
  const architecture = target.architecture ?? seen?.architecture;
  return {
    label: target.label,
    baseUrl: publicUrl(url),
    deployment: target.deployment,
    platform: target.platform,
    gateway: target.gateway ?? 'http',
    memoryMb: target.memoryMb ?? seen?.memoryMb ?? null,
    ...(architecture === undefined ? {} : { architecture }),
    ...(target.store === undefined ? {} : { store: target.store }),
    ...(target.settingsHash === undefined ? {} : { settingsHash: target.settingsHash }),
    ...(target.concurrencyLimit === undefined ? {} : { concurrencyLimit: target.concurrencyLimit }),
  };
}

/** The exceptions with equal messages counted together, most frequent first. */
export function topExceptions(exceptions: readonly ScenarioException[]): ScenarioException[] {
  const counts = new Map<string, number>();
  for (const { message, count } of exceptions) {
    counts.set(message, (counts.get(message) ?? 0) + count);
  }
  return [...counts]
    .map(([message, count]) => ({ message, count }))
    .sort((a, b) => b.count - a.count || compareText(a.message, b.message))
    .slice(0, MAX_EXCEPTIONS);
}

export function sortByName<T extends { readonly name: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => compareText(a.name, b.name));
}

/** The distinct exits, in a fixed order. */
export function distinctExits(exits: readonly K6Exit[]): K6Exit[] {
  const byText = new Map(exits.map((exit) => [`${exit.exitCode} ${exit.signal}`, exit]));
  return [...byText].sort(([a], [b]) => compareText(a, b)).map(([, exit]) => exit);
}

export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
