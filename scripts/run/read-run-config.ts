import type { OptionKey } from '../../lib/core/config/options.ts';
import { resolveConfig } from '../../lib/core/config/resolve-config.ts';
import type { RunConfig } from '../../lib/core/config/run-config.ts';
import { UserError } from '../../lib/core/config/user-error.ts';
import { readConfigFile } from '../../lib/node/config/read-config-file.ts';
import { parseRunFlags } from './parse-run-flags.ts';

/** Flags whose names npm knows nothing of, so that their npm_config_ variables can only be ours. */
const OWN_FLAGS = [
  'rate',
  'duration',
  'profile',
  'seed',
  'label',
  'warmup',
  'slo-p95',
  'allow-host',
  'deployment',
];

type Env = Readonly<Record<string, string | undefined>>;

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
  return resolveConfig({ scenario, flags, env, file });
}

function configPath(flags: { readonly [K in OptionKey]?: unknown }, env: Env): string | null {
  const given = flags.configFile ?? env['LOAD_CONFIG'];
  return typeof given === 'string' && given !== '' ? given : null;
}

/** `npm run load:spike --rate 5` hands the flag to npm, and the run would silently ignore it. */
function refuseFlagsTakenByNpm(argv: readonly string[], env: Env): void {
  const taken = OWN_FLAGS.find((flag) => env[`npm_config_${flag.replaceAll('-', '_')}`]);
  if (taken === undefined || argv.includes(`--${taken}`)) return;
  throw new UserError(
    'E_NPM_TOOK_FLAG',
    `npm took --${taken} for itself; put -- before the flags: npm run ${env['npm_lifecycle_event'] ?? 'load'} -- --${taken} …`,
  );
}
