import type { LoadPlan } from '../load/load-plan.ts';
import { checkSecrets } from './check-secrets.ts';
import type { Env } from './env.ts';
import type { RunConfig } from './run-config.ts';

/** Names of the environment variables that hold a plan's secrets. */
export function requiredEnv(plan: Pick<LoadPlan, 'auth' | 'headers'>): readonly string[] {
  const names = plan.headers.map((header) => header.env);
  const { auth } = plan;
  if (auth.kind === 'apiKey' || auth.kind === 'bearer') names.push(auth.env);
  if (auth.kind === 'renewed') names.push(...auth.env);
  if (auth.kind === 'sigv4') names.push('AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY');
  return [...new Set(names)];
}

/** Optional variables, passed on if set. */
function optionalEnv(plan: Pick<LoadPlan, 'auth'>): readonly string[] {
  return plan.auth.kind === 'sigv4' ? ['AWS_SESSION_TOKEN'] : [];
}

/** Names of the variables that hold the secrets of --prometheus. */
export function prometheusEnv(prometheus: RunConfig['prometheus']): readonly string[] {
  if (prometheus === null) return [];
  const { bearerEnv, headers } = prometheus;
  return [...(bearerEnv === null ? [] : [bearerEnv]), ...headers.map((header) => header.env)];
}

/** Values of a plan's secrets, which must never be shown. */
export function secretsOf(plan: Pick<LoadPlan, 'auth' | 'headers'>, env: Env): readonly string[] {
  return [...requiredEnv(plan), ...optionalEnv(plan)].flatMap((name) => env[name] ?? []);
}

/** Refuses a run whose secrets are not in the environment or cannot be sent. */
export function checkRequiredEnv(plan: Pick<LoadPlan, 'auth' | 'headers'>, env: Env): void {
  checkSecrets([...requiredEnv(plan), ...optionalEnv(plan).filter((name) => env[name])], env);
}
