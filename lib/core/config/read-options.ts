import { UserError } from '../errors/user-error.ts';
import { closestName } from './closest-name.ts';
import type { Env } from './env.ts';
import { OPTION_KINDS, type OptionKind } from './option-values.ts';
import type { OptionSpec } from './options/option-spec.ts';
import { flagName, OPTION_KEYS, OPTIONS, type OptionKey, type OptionValues } from './options.ts';
import type { FileOptions } from './run-config.ts';

/** Parsed options from one or more places, with the name of the place that each came from. */
export interface GivenOptions {
  readonly values: OptionValues;
  readonly sources: { readonly [K in OptionKey]?: string };
}

/** Variables that start like options but are not: they carry a resolved plan into k6. */
const RESERVED_ENV = [
  'LOAD_PLAN',
  'LOAD_RUN',
  'LOAD_RUNNERS',
  'LOAD_RECORDED',
  'LOAD_BODIES',
  'LOAD_TOKEN_URL',
];

/** Options that were given as flags, by option key. */
export function optionsFromFlags(flags: { readonly [K in OptionKey]?: unknown }): GivenOptions {
  return collect((key) => ({ raw: flags[key], source: flagName(key) }));
}

/** Options from environment variables. An empty variable counts as unset. */
export function optionsFromEnv(env: Env): GivenOptions {
  refuseMisspelt(env);
  return collect((key) => {
    const spec: OptionSpec = OPTIONS[key];
    const name = spec.env.find((candidate) => env[candidate]) ?? '';
    return { raw: env[name] || undefined, source: name };
  });
}

/** Options from a config file that has passed its schema. */
export function optionsFromFile(options: FileOptions, path: string): GivenOptions {
  return collect((key) => ({
    raw: OPTIONS[key].inFile ? options[key as keyof FileOptions] : undefined,
    source: `${path}: ${key}`,
  }));
}

/** `--max-vus` is the older name of `--max-in-flight`: within one place the newer name wins. */
export function underNewName({ values, sources }: GivenOptions): GivenOptions {
  const { maxVUs, ...others } = values;
  const { maxVUs: source, ...otherSources } = sources;
  if (maxVUs === undefined || source === undefined) return { values, sources };
  return {
    values: { maxInFlight: maxVUs, ...others },
    sources: { maxInFlight: source, ...otherSources },
  };
}

/** The options of all places; later places win. */
export function mergeOptions(...places: readonly GivenOptions[]): GivenOptions {
  return {
    values: Object.assign({}, ...places.map((place) => place.values)) as OptionValues,
    sources: Object.assign({}, ...places.map((place) => place.sources)) as GivenOptions['sources'],
  };
}

function collect(look: (key: OptionKey) => { raw: unknown; source: string }): GivenOptions {
  const values: { [key: string]: unknown } = {};
  const sources: { [key: string]: string } = {};
  for (const key of OPTION_KEYS) {
    const { raw, source } = look(key);
    if (raw === undefined) continue;
    values[key] = parseOption(key, raw, source);
    sources[key] = source;
  }
  return { values: values as OptionValues, sources };
}

function parseOption(key: OptionKey, raw: unknown, source: string): unknown {
  const kind: OptionKind<unknown> = OPTION_KINDS[OPTIONS[key].kind];
  const value = kind.parse(raw);
  if (value !== null) return value;
  const shown = kind.secret ? 'this value is' : `${JSON.stringify(raw) ?? String(raw)} is`;
  throw new UserError(
    'E_OPTION_INVALID',
    `${source}: ${shown} not accepted; expected ${kind.accepts}`,
  );
}

function refuseMisspelt(env: Env): void {
  const known = OPTION_KEYS.flatMap((key): readonly string[] => OPTIONS[key].env);
  for (const name of Object.keys(env)) {
    if (!name.startsWith('LOAD_') || known.includes(name) || RESERVED_ENV.includes(name)) continue;
    const meant = closestName(name, known);
    if (meant === null) continue;
    throw new UserError('E_OPTION_UNKNOWN', `${name}: no such variable; did you mean ${meant}?`);
  }
}
