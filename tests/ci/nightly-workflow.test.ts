import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import type { OptionSpec } from '../../lib/core/config/options/option-spec.ts';
import { OPTION_KEYS, OPTIONS } from '../../lib/core/config/options.ts';

const FILE = resolve(import.meta.dirname, '../../.github/workflows/nightly-load.yml');

/** The night decides on these itself, or they are of scenarios that it does not run. */
const NOT_OF_A_NIGHT = [
  ...['LOAD_OUT', 'LOAD_HISTORY', 'LOAD_JSON', 'LOAD_LIVE'],
  ...['LOAD_TARGET_B', 'BASE_URL_B', 'LOAD_DEPLOYMENT_B', 'LOAD_REFINE', 'LOAD_DRAIN_WAIT'],
  // BASE_URL says the same.
  'LOAD_TARGET',
];

interface Workflow {
  readonly jobs: {
    readonly nightly: {
      readonly env: Readonly<Record<string, string>>;
      readonly steps: readonly { readonly env?: Readonly<Record<string, string>> }[];
    };
  };
}

async function nightly() {
  return (parse(await readFile(FILE, 'utf8')) as Workflow).jobs.nightly;
}

it('hands every option of a night on, from the variable of its name', async () => {
  const { env } = await nightly();
  const names = OPTION_KEYS.flatMap((key) => (OPTIONS[key] as OptionSpec).env);
  expect(Object.keys(env).sort()).toEqual(
    names.filter((name) => !NOT_OF_A_NIGHT.includes(name)).sort(),
  );
  for (const [name, value] of Object.entries(env)) {
    const variable = name === 'BASE_URL' ? 'LOAD_BASE_URL' : name;
    expect(value).toBe(`\${{ vars.${variable} }}`);
  }
});

it('shows secrets to the step that loads, and to no other', async () => {
  const { env, steps } = await nightly();
  expect(JSON.stringify(env)).not.toContain('secrets.');
  const withSecrets = steps.filter((step) => JSON.stringify(step).includes('secrets.'));
  expect(withSecrets).toHaveLength(1);
  const [step] = withSecrets;
  for (const [name, value] of Object.entries(step?.env ?? {})) {
    if (name !== 'REPEATS') expect(value).toBe(`\${{ secrets.${name} }}`);
  }
  for (const name of ['ORDER_API_KEY', 'ORDER_API_HEADER', 'AWS_SECRET_ACCESS_KEY']) {
    expect(step?.env).toHaveProperty(name);
  }
});
