import { commandArguments } from '../../core/config/command-arguments.ts';
import type { Env } from '../../core/config/env.ts';
import { flagName, OPTION_KEYS, type OptionKey } from '../../core/config/options.ts';
import { resolveConfig } from '../../core/config/resolve-config.ts';
import type { RunConfig } from '../../core/config/run-config.ts';
import { UserError } from '../../core/errors/user-error.ts';
import { withBodies } from '../../node/config/read-bodies.ts';
import { readConfigFile } from '../../node/config/read-config-file.ts';
import { QUESTION_PROFILES } from '../../questions/registry.ts';
import { parseRunFlags } from './parse-run-flags.ts';

/** Flags that an .npmrc may also set for npm or another tool, with the values that can only be ours. */
const SHARED_FLAGS: Readonly<Record<string, RegExp>> = {
  target: /^https?:/i,
  store: /^(memory|dynalite)$/,
  timeout: /^\d.*(s|m)$/,
};
/** npm's own, or too common: `--json` changes npm's output, and yarn sets `config`. */
const FOREIGN_FLAGS = ['json', 'config'];

/**
 * The one configuration of a run, from the command line, the environment and the config file.
 *
 * @throws UserError (exit 2) that names the flag, variable or file at fault.
 */
export async function readRunConfig(
  argv: readonly string[],
  env: Env,
  cwd: string,
): Promise<RunConfig> {
  refuseFlagsTakenByNpm(argv, env);
  const { scenario, flags } = parseRunFlags(argv);
  const file = await readConfigFile(cwd, configPath(flags, env));
  const config = resolveConfig({ questions: QUESTION_PROFILES, scenario, flags, env, file });
  return withBodies({ ...config, command: commandArguments(scenario, flags, env) }, cwd);
}

function configPath(flags: { readonly [K in OptionKey]?: unknown }, env: Env): string | null {
  const given = flags.configFile ?? env['LOAD_CONFIG'];
  return typeof given === 'string' && given !== '' ? given : null;
}

/** `npm run load:spike --rate=5` gives the flag to npm, and the run would silently ignore it. */
function refuseFlagsTakenByNpm(argv: readonly string[], env: Env): void {
  const taken = OPTION_KEYS.map((key) => flagName(key).slice(2)).find((flag) => {
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
