import { basename } from 'node:path';
import type { Env } from '../../core/config/env.ts';

export interface Invocation {
  readonly argv: readonly string[];
  readonly env: Env;
  /** stdout is a terminal. */
  readonly isTerminal: boolean;
}

/**
 * The note for a command whose JSON follows npm's banner on the same stdout, which no JSON parser accepts; null if npm
 * printed no banner. It cannot be removed afterwards, only avoided.
 */
export function npmBannerNote({ argv, env, isTerminal }: Invocation): string | null {
  const [, script = '', ...args] = argv;
  const name = env['npm_lifecycle_event'];
  const isNpms = (env['npm_lifecycle_script'] ?? '').includes(
    `start.mjs ${basename(script, '.ts')}`,
  );
  if (isTerminal || name === undefined || !isNpms) return null;
  if (!args.includes('--json') || env['npm_config_loglevel'] === 'silent') return null;
  return `note      npm printed its banner before this JSON. For another program: npm run -s ${name} -- … --json`;
}
