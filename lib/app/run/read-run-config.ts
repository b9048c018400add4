import { commandArguments } from '../../core/config/command-arguments.ts';
import type { Env } from '../../core/config/env.ts';
import { flagName, OPTION_KEYS, type OptionKey } from '../../core/config/options.ts';
import { resolveConfig } from '../../core/config/resolve-config.ts';
import type { RunConfig } from '../../core/config/run-config.ts';
import { withBodies } from '../../node/config/read-bodies.ts';
import { readConfigFile } from '../../node/config/read-config-file.ts';
import { QUESTION_PROFILES } from '../../questions/registry.ts';
import { refuseFlagsTakenByNpm } from '../cli/refuse-flags-taken-by-npm.ts';
import { parseRunFlags } from './parse-run-flags.ts';

const FLAG_NAMES = OPTION_KEYS.map((key) => flagName(key).slice(2));

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
  refuseFlagsTakenByNpm(FLAG_NAMES, argv, env);
  const { scenario, flags } = parseRunFlags(argv);
  const file = await readConfigFile(cwd, configPath(flags, env));
  const config = resolveConfig({ questions: QUESTION_PROFILES, scenario, flags, env, file });
  return withBodies({ ...config, command: commandArguments(scenario, flags, env) }, cwd);
}

function configPath(flags: { readonly [K in OptionKey]?: unknown }, env: Env): string | null {
  const given = flags.configFile ?? env['LOAD_CONFIG'];
  return typeof given === 'string' && given !== '' ? given : null;
}
