import { basename } from 'node:path';
import type { Env } from '../../core/config/env.ts';

export interface Invocation {
  readonly argv: readonly string[];
  readonly env: Env;
  /** A person reads stdout. */
  readonly isTerminal: boolean;
}

/**
 * What to say where npm has written its banner into the same stdout as the JSON of this command, which no reader of
 * JSON understands; null where it has not. It cannot be taken back, only kept away.
 */
export function npmBannerNote({ argv, env, isTerminal }: Invocation): string | null {
  const [, script = '', ...args] = argv;
  const name = env['npm_lifecycle_event'];
  const isNpms = (env['npm_lifecycle_script'] ?? '').includes(
    `start.mjs ${basename(script, '.ts')}`,
  );
  if (isTerminal || name === undefined || !isNpms) return null;
  if (!args.includes('--json') || env['npm_config_loglevel'] === 'silent') return null;
  return `note      npm has written its banner before this JSON. For another program: npm run -s ${name} -- … --json`;
}
