import { capsFor, checkCaps, type LoadCaps } from '../../core/config/check-caps.ts';
import { checkHost, isLoopback } from '../../core/config/check-host.ts';
import type { Env } from '../../core/config/env.ts';
import { checkRequiredEnv } from '../../core/config/required-env.ts';
import { type ResolvedPlan, resolvePlan } from '../../core/config/resolve-plan.ts';
import type { RunConfig } from '../../core/config/run-config.ts';
import { UserError } from '../../core/errors/user-error.ts';
import type { Machine } from '../../core/load/in-flight.ts';
import type { RecordedLoad } from '../../core/load/recorded-load.ts';
import { contractChecks } from '../../core/order/contract-checks.ts';
import { carriesId } from '../../core/order/contract-rows.ts';
import { parseTarget } from '../../node/config/parse-target.ts';
import { checkHostHeader } from './check-host-header.ts';
import { type EmbeddedOrderApi, embeddedOrderApi } from './embedded-order-api.ts';
import { checkPrometheusEnv } from './forward-telemetry.ts';

export interface GuardInput {
  readonly run: string;
  readonly env: Env;
  readonly machine: Machine;
  /** The content of the file of --arrivals, or null. */
  readonly recorded: RecordedLoad | null;
}

/** Base URLs of the order APIs of a run. */
export interface Targets {
  readonly target: string;
  /** That of arm B, if there is one. */
  readonly targetB?: string;
}

export interface GuardedPlan extends ResolvedPlan {
  readonly caps: LoadCaps;
  /** Null if the target is the user's own. */
  readonly embedded: EmbeddedOrderApi | null;
  /** That of arm B; null if arm B's target is the user's own, or there is no arm B. */
  readonly embeddedB: EmbeddedOrderApi | null;
  /** The plan with other base URLs, for a target whose port is only known once it runs. */
  readonly withTargets: (baseUrls: Targets) => ResolvedPlan['plan'];
}

const EMBEDDED = 'the embedded order API';

/**
 * Resolves the plan of a run, and refuses a host that is not on the allow-list, a load above the caps, and a missing
 * secret. Nothing has been started or sent by then.
 *
 * @throws UserError (exit 2)
 */
export function guardRun(
  config: RunConfig,
  { run, env, machine, recorded }: GuardInput,
): GuardedPlan {
  const target = allowedTarget(config.target, config);
  const targetB = allowedTarget(config.targetB, config);
  const resolved = resolvePlan(
    { ...config, target: target?.baseUrl ?? null, targetB: targetB?.baseUrl ?? null },
    {
      run,
      target: EMBEDDED,
      targetB: EMBEDDED,
      machine: machineFor(config, target, targetB, machine),
      ...(recorded && { recorded }),
    },
  );
  const loaded = resolved.plan.targetB === undefined ? [target] : [target, targetB];
  const caps = capsFor(
    config,
    loaded.every((one) => one === null || isLoopback(one.url.hostname)),
  );
  checkCaps(resolved.plan, caps);
  checkRequiredEnv(resolved.plan, env);
  checkHostHeader(resolved.plan, env, config.allowHosts);
  checkPrometheusEnv(config.prometheus, env);
  const embedded = embeddedOrderApi(config);
  refuseMissingQueue(config, embedded);
  refuseUnreadableQueue(config);
  const embeddedB = resolved.plan.targetB === undefined ? null : embeddedOrderApi(armB(config));
  return {
    ...resolved,
    notes: [...resolved.notes, ...contractNotes(resolved.plan, config)],
    caps,
    embedded,
    embeddedB,
    withTargets: (baseUrls) => ({ ...resolved.plan, ...baseUrls }),
  };
}

/** HTTP/2 carries many orders on one connection: where all targets may use it, descriptors and ports do not count. */
function machineFor(
  { http1, question }: RunConfig,
  target: ReturnType<typeof parseTarget> | null,
  targetB: ReturnType<typeof parseTarget> | null,
  machine: Machine,
): Machine {
  const loaded = question.traits.hasTwoTargets ? [target, targetB] : [target];
  const isTls = loaded.every((one) => one?.url.protocol === 'https:');
  return isTls && !http1 ? { ...machine, descriptors: null, localPorts: null } : machine;
}

/** Arm B, described as the target of a run with one target. */
export function armB(
  config: Pick<RunConfig, 'targetB' | 'deployment' | 'deploymentB' | 'store'>,
): Pick<RunConfig, 'target' | 'deployment' | 'store'> {
  const { targetB, deployment, deploymentB, store } = config;
  return {
    target: targetB,
    deployment: deploymentB ?? (targetB === null ? deployment : null),
    store,
  };
}

function contractNotes(plan: ResolvedPlan['plan'], config: RunConfig): readonly string[] {
  if (!config.question.traits.checksContract) return [];
  const count = contractChecks(plan, 0).length;
  return [`contract  ${count} more requests after the load, excluded from all figures`];
}

function allowedTarget(
  given: string | null,
  { allowHosts }: RunConfig,
): ReturnType<typeof parseTarget> | null {
  if (given === null) return null;
  const target = parseTarget(given);
  checkHost(target.url, allowHosts);
  return target;
}

/** The only way to find out whether a queued order was stored is to read it. */
function refuseUnreadableQueue({ question, mapping }: RunConfig): void {
  if (!question.traits.usesQueue) return;
  if (mapping.idFrom !== null || carriesId(mapping)) return;
  throw new UserError(
    'E_NO_ID',
    'batch reads accepted orders by their ids, but no field of order.body or order.bodies is known to hold a unique id; put {{orderId}} into it, name the field with order.idField, or set order.idFrom to where the response has the id',
  );
}

function refuseMissingQueue(
  { question, deployment }: RunConfig,
  embedded: EmbeddedOrderApi | null,
): void {
  if (!question.traits.usesQueue) return;
  if (embedded === null || embedded.config.queue !== null) return;
  throw new UserError(
    'E_NO_QUEUE',
    `--deployment ${deployment} has no queue to load; use batch-25, or a file of your own with "queue": true`,
  );
}
