import type { Env } from './env.ts';
import { OPTION_KINDS } from './option-values.ts';
import type { OptionSpec } from './options/option-spec.ts';
import { flagName, OPTION_KEYS, OPTIONS, type OptionKey } from './options.ts';

/** In the place of what may be a secret. */
const HIDDEN = '***';

/**
 * The arguments of `npm run load --` that ask for the same run: scenario, then the options of the command line and of
 * the environment as flags. What may hold a secret is replaced by ***. `--json` is left out, because it changes
 * nothing but what is printed; the config file is read again in any case.
 */
export function commandArguments(
  scenario: string,
  flags: { readonly [K in OptionKey]?: unknown },
  env: Env,
): readonly string[] {
  const given = OPTION_KEYS.filter((key) => key !== 'json' && key !== 'scenarioFile').flatMap(
    (key) => argumentsOf(key, flags[key] ?? fromEnv(key, env)),
  );
  const file = flags.scenarioFile;
  return [
    ...(file === undefined ? [scenario] : [flagName('scenarioFile'), String(file)]),
    ...given,
  ];
}

function fromEnv(key: OptionKey, env: Env): unknown {
  const spec: OptionSpec = OPTIONS[key];
  const raw = spec.env.map((name) => env[name]).find(Boolean);
  return spec.repeatable ? raw?.split(',').map((item) => item.trim()) : raw;
}

function argumentsOf(key: OptionKey, raw: unknown): readonly string[] {
  if (raw === undefined) return [];
  const flag = flagName(key);
  const { kind } = OPTIONS[key];
  if (kind === 'boolean') {
    const isOn = OPTION_KINDS.boolean.parse(raw) ?? false;
    return isOn === flag.startsWith('--no-') ? [] : [flag];
  }
  return [raw].flat().flatMap((value) => [flag, withoutSecret(kind, String(value))]);
}

function withoutSecret(kind: keyof typeof OPTION_KINDS, value: string): string {
  switch (kind) {
    case 'command':
      return HIDDEN;
    case 'queryParameters':
      return value.replace(/=.*$/s, `=${HIDDEN}`);
    case 'tokenUrl':
      return value.replace(/\?.*$/s, `?${HIDDEN}`);
    default:
      return value;
  }
}
