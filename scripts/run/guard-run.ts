import { capsFor, checkCaps, type LoadCaps } from '../../lib/core/config/check-caps.ts';
import { checkHost, isLoopback } from '../../lib/core/config/check-host.ts';
import { checkRequiredEnv } from '../../lib/core/config/required-env.ts';
import { type ResolvedPlan, resolvePlan } from '../../lib/core/config/resolve-plan.ts';
import type { RunConfig } from '../../lib/core/config/run-config.ts';
import { parseTarget } from '../../lib/node/config/parse-target.ts';
import { type EmbeddedTarget, embeddedTarget } from './embedded-target.ts';

export interface GuardInput {
  readonly run: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly freeMemoryBytes: number;
}

export interface GuardedPlan extends ResolvedPlan {
  readonly caps: LoadCaps;
  /** Null for a target of the user's own. */
  readonly embedded: EmbeddedTarget | null;
  /** The same load against another base URL, for a target whose port is only known once it runs. */
  readonly withTarget: (baseUrl: string) => ResolvedPlan['plan'];
}

/**
 * Resolves the plan of a run and refuses one that nobody allowed: a host that is not allow-listed,
 * more than the caps, a secret that is not there. Nothing has been started or sent by then.
 *
 * @throws UserError (exit 2)
 */
export function guardRun(
  config: RunConfig,
  { run, env, freeMemoryBytes }: GuardInput,
): GuardedPlan {
  const target = config.target === null ? null : parseTarget(config.target);
  if (target !== null) checkHost(target.url, config.allowHosts);
  const resolved = resolvePlan(
    { ...config, target: target?.baseUrl ?? null },
    { run, freeMemoryBytes, target: 'the embedded order API' },
  );
  const caps = capsFor(config, target === null || isLoopback(target.url.hostname));
  checkCaps(resolved.plan, caps);
  checkRequiredEnv(resolved.plan, env);
  const embedded = embeddedTarget(config);
  return {
    ...resolved,
    caps,
    embedded,
    withTarget: (baseUrl) => ({ ...resolved.plan, target: baseUrl }),
  };
}
