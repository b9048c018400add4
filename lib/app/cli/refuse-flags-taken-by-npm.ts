import type { Env } from '../../core/config/env.ts';
import { UserError } from '../../core/errors/user-error.ts';

/** Flags that an .npmrc may also set for npm or another tool, with the values that can only be ours. */
const SHARED_FLAGS: Readonly<Record<string, RegExp>> = {
  target: /^https?:/i,
  store: /^(memory|dynalite)$/,
  timeout: /^\d.*(s|m)$/,
  arch: /^(x86|arm)(,|$)/,
};
/** npm's own, or too common: `--json` and `--yes` change what npm does, and yarn sets `config`. */
const FOREIGN_FLAGS = ['json', 'yes', 'config'];

/**
 * `npm run load:spike --rate=5` gives the flag to npm, and the command would silently ignore it.
 *
 * @param names the command's flags, without the leading dashes
 * @throws UserError E_NPM_TOOK_FLAG (exit 2)
 */
export function refuseFlagsTakenByNpm(
  names: readonly string[],
  argv: readonly string[],
  env: Env,
): void {
  const taken = names.find((flag) => {
    const isNegated = flag.startsWith('no-');
    const value = env[`npm_config_${flag.replace(/^no-/, '').replaceAll('-', '_')}`];
    if (value === undefined || FOREIGN_FLAGS.includes(flag)) return false;
    // For `--no-abort`, npm sets the variable to an empty string.
    if (isNegated) return value === '';
    return SHARED_FLAGS[flag]?.test(value) ?? value !== '';
  });
  if (taken === undefined || argv.some((arg) => arg.split('=')[0] === `--${taken}`)) return;
  throw new UserError(
    'E_NPM_TOOK_FLAG',
    `npm took --${taken} for itself; put -- before the flags: npm run ${env['npm_lifecycle_event'] ?? 'load'} -- --${taken} …`,
  );
}
