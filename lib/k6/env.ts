import { secretProblem } from '../core/config/check-secrets.ts';
import type { Env } from '../core/config/env.ts';

/**
 * The only module that reads k6's environment. Values come from `k6 run -e NAME=value`, or under the wrapper from the
 * process environment.
 */
export function readEnv(): Env {
  return __ENV;
}

/** The value of a required variable. Throws an error with its name, never with the value. */
export function requireEnv(name: string, purpose: string): string {
  const value = __ENV[name];
  if (value === undefined || value === '') {
    throw new Error(`${purpose} needs the environment variable ${name}, which is not set`);
  }
  return value;
}

/** The value of a required secret, which must also be valid in a header. */
export function requireSecret(name: string, purpose: string): string {
  const value = requireEnv(name, purpose);
  const problem = secretProblem(value);
  if (problem === null) return value;
  throw new Error(`${purpose} needs the environment variable ${name}, which ${problem}`);
}

/** True under the wrapper, which judges from telemetry; false under plain `k6 run`. */
export function isWrapped(): boolean {
  return __ENV['LOAD_PLAN'] !== undefined;
}
