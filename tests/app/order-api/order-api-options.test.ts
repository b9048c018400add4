import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { parseOrderApiFlags } from '../../../lib/app/order-api/order-api-flags.ts';
import { renderOrderApiOptions } from '../../../lib/app/order-api/render-order-api-options.ts';
import { flagName, type OptionSpec } from '../../../order-api/config/options/option-spec.ts';
import { START_OPTIONS } from '../../../order-api/config/options/start-options.ts';
import { OPTION_GROUPS } from '../../../order-api/config/options.ts';

/** With these, no option is refused for what the others say. */
const BASE = ['--queue', '--batch-window-seconds=1', '--visibility-seconds=1000'];

const ALL = OPTION_GROUPS.flatMap(({ options }) => Object.values(options));
const DEPLOYED = ALL.filter(
  (spec) => !(Object.values(START_OPTIONS) as readonly OptionSpec[]).includes(spec),
).map((spec) => [flagName(spec), spec] as const);

/** The flag with a value that is not its default. */
function otherValue(spec: OptionSpec): string {
  const name = flagName(spec);
  switch (spec.kind) {
    case 'number':
    case 'whole':
      return `${name}=${spec.default === spec.max ? spec.min : spec.max}`;
    case 'choice':
      return `${name}=${spec.choices.find((choice) => choice !== spec.default)}`;
    case 'throttleStatus':
      return `${name}=429`;
    case 'url':
      return `${name}=http://127.0.0.1:8000`;
    default:
      return name;
  }
}

const configOf = (...flags: string[]) => parseOrderApiFlags(flags)?.config;

it.each(DEPLOYED)('%s arrives in the config', (_, spec) => {
  const base = spec.kind === 'switch' ? [] : BASE;
  expect(configOf(...base, otherValue(spec))).not.toEqual(configOf(...base));
});

it('the JSON of the config is as it has always been: runs are compared by its hash', () => {
  const text = JSON.stringify(configOf('--queue', '--logs=calls.log', '--seed=7'));
  expect(createHash('sha256').update(text).digest('hex').slice(0, 16)).toBe('9476e7eedce22551');
});

it('no two options share a flag', () => {
  const names = ALL.map(flagName);
  expect(names).toEqual([...new Set(names)]);
});

it('the page of docs has every option once, but those that are hidden', () => {
  const listed = [...renderOrderApiOptions().matchAll(/^\| `(--[\w-]+)/gm)].map(([, name]) => name);
  expect(listed).toEqual(ALL.filter(({ hidden }) => !hidden).map(flagName));
});
