import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { EnvironmentInfo } from '../handlers/server-timing.ts';

/** Only here does the order API read its process's environment, through which Lambda passes settings. */
const env = process.env;

/** Returns a setting. Throws if the function was deployed without it: then INIT fails, and the log shows why. */
export function requiredVariable(name: string): string {
  const value = env[name];
  if (value === undefined || value === '') {
    throw new Error(
      `${name} is not set: deploy the function with it (see deploy/aws/template.yaml)`,
    );
  }
  return value;
}

export function optionalVariable(name: string): string | undefined {
  return env[name];
}

/**
 * Reads what this execution environment knows about itself. `id` is the one in the name of its log stream
 * (`2026/10/08/name[$LATEST]22be53a8cfde4e68b844f8ec293b2543`). `initMs` is the time since its process began, so call
 * this at the end of INIT.
 */
export function readEnvironmentInfo(): EnvironmentInfo {
  const id = /[0-9a-f]{32}$/.exec(env['AWS_LAMBDA_LOG_STREAM_NAME'] ?? '')?.[0];
  return {
    id: id ?? randomUUID().replaceAll('-', ''),
    initMs: performance.now(),
    initializationType:
      env['AWS_LAMBDA_INITIALIZATION_TYPE'] === 'provisioned-concurrency'
        ? 'provisioned-concurrency'
        : 'on-demand',
  };
}

export function nowMs(): number {
  return performance.now();
}

/** Writes one JSON line to the function's log, without anything that clients sent. */
export function logError(message: string, error?: unknown): void {
  const { name, message: reason } = error instanceof Error ? error : { name: '', message: '' };
  console.error(JSON.stringify({ level: 'ERROR', message, ...(name && { error: name, reason }) }));
}
