import { createHash } from 'node:crypto';
import type { TokenFacts } from '../../core/auth/token-facts.ts';
import type { RunConfig } from '../../core/config/run-config.ts';
import type { LoadPlan } from '../../core/load/load-plan.ts';
import type { RunContext } from '../../core/report/run-context.ts';
import type { Refinement } from '../../core/report/schema/refinement-schema.ts';
import type { EmbeddedOrderApi } from './embedded-order-api.ts';
import type { Execution } from './execute-k6.ts';
import { armB } from './guard-run.ts';
import { embeddedFacts, requestFacts } from './request-facts.ts';
import type { PlatformSeen } from './watch-platform.ts';

export interface ContextInput {
  readonly config: RunConfig;
  readonly plan: LoadPlan;
  readonly embedded: EmbeddedOrderApi | null;
  /** That of arm B; null also if there is no arm B. */
  readonly embeddedB: EmbeddedOrderApi | null;
  readonly execution: Execution;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly interrupted: boolean;
  readonly gitCommit: string | null;
  readonly suiteVersion: string;
  readonly k6Version: string;
  readonly hostCpus: number;
  /** How renewing the token went, if it is renewed during the run. */
  readonly tokenFacts?: () => TokenFacts;
  /** What was read from the platform and the queue. */
  readonly seen?: PlatformSeen;
  /** Steps that were run after the planned ones. */
  readonly refinements?: readonly Refinement[];
}

/** What a report records about the circumstances of its run. */
export function runContext(input: ContextInput): RunContext {
  const { config, plan, embedded, embeddedB, execution } = input;
  const { usage, k6 } = execution;
  return {
    startedAt: input.startedAt.toISOString(),
    endedAt: input.endedAt.toISOString(),
    status: status(input),
    abortReason: execution.abortReason,
    ...(config.scenarioFile !== null && { ownScenario: true }),
    ...(config.command && { command: config.command }),
    label: config.label,
    ...(config.release !== null && { release: config.release }),
    gitCommit: input.gitCommit,
    suiteVersion: input.suiteVersion,
    k6Version: input.k6Version,
    nodeVersion: process.versions.node,
    hostCpus: input.hostCpus,
    configHash: configHash(plan, embedded, embeddedB),
    request: requestFacts(plan),
    target: targetContext(config, config.label, plan.target, embedded),
    ...(plan.targetB === undefined
      ? {}
      : { targetB: targetContext(armB(config), null, plan.targetB, embeddedB) }),
    k6: {
      exitCode: k6.exitCode,
      signal: k6.signal,
      exceptions: k6.exceptions,
      failures: k6.failures,
    },
    generator: {
      ...usage,
      heldBack: execution.heldBack,
      nameServerFailed: execution.nameServerFailed,
      ...(input.tokenFacts && { token: input.tokenFacts() }),
    },
    ...(execution.exact === undefined ? {} : { exact: execution.exact }),
    telemetryFaults: execution.telemetryFaults,
    ...input.seen,
  };
}

function targetContext(
  config: Pick<RunConfig, 'target' | 'deployment'>,
  label: string | null,
  url: string,
  embedded: EmbeddedOrderApi | null,
): RunContext['target'] {
  return {
    label: label ?? (embedded === null ? placeOf(url) : embeddedLabel(config)),
    deployment: config.deployment,
    platform: platformOf(config, url),
    memoryMb: embedded?.config.memoryMb ?? null,
    ...(embedded && {
      architecture: embedded.config.architecture,
      ...embeddedFacts(embedded),
      gateway: embedded.config.gateway,
      concurrencyLimit: embedded.config.reservedConcurrency ?? embedded.config.accountConcurrency,
    }),
  };
}

function status({ interrupted, execution }: ContextInput): RunContext['status'] {
  if (interrupted) return 'interrupted';
  return execution.abortReason !== null || execution.k6.signal !== null ? 'aborted' : 'completed';
}

/** Equal for all runs of the same load against the same target: ids and secrets are left out. */
function configHash(
  { run: _run, question: _question, ...plan }: LoadPlan,
  embedded: EmbeddedOrderApi | null,
  embeddedB: EmbeddedOrderApi | null,
): string {
  // The embedded API listens on another port each time; what makes it the same is how it is configured.
  const target = embedded?.config ?? plan.target;
  const targetB = embeddedB?.config ?? plan.targetB;
  const text = JSON.stringify({ ...plan, target, targetB });
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function embeddedLabel({ deployment }: Pick<RunConfig, 'deployment'>): string {
  return deployment === null ? 'embedded order API' : `embedded order API (${deployment})`;
}

/** Host and path: stages of an API Gateway share a host and are different targets. */
function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname.replace(/\/+$/, '')}`;
}

/** Where the order API of a run is deployed. */
export function platformOf(
  config: Pick<RunConfig, 'target'>,
  target: string,
): RunContext['target']['platform'] {
  if (config.target === null) return 'local';
  const { hostname } = new URL(target);
  return /\.(amazonaws\.com(\.cn)?|on\.aws)$/.test(hostname) ? 'aws' : 'other';
}
