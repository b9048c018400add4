import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRunConfig } from '../../../lib/app/run/read-run-config.ts';

let empty: string;
beforeAll(async () => {
  empty = await mkdtemp(join(tmpdir(), 'read-run-config-'));
});
afterAll(() => rm(empty, { recursive: true }));

const read = (argv: string, env: Record<string, string> = {}) =>
  readRunConfig(argv === '' ? [] : argv.split(' '), env, empty);

describe('flags that npm took for itself', () => {
  it.each([
    ['rate', { npm_config_rate: '5' }],
    ['rate', { npm_config_rate: 'true' }],
    ['target', { npm_config_target: 'https://api.example.com' }],
    ['slo-p95', { npm_config_slo_p95: '300' }],
    ['no-abort', { npm_config_abort: '' }],
    ['store', { npm_config_store: 'memory' }],
    ['timeout', { npm_config_timeout: '500ms' }],
    ['max-vus', { npm_config_max_vus: '10' }],
    ['header', { npm_config_header: 'a=env:B' }],
  ])('are refused: --%s', async (flag, taken) => {
    const env = { ...taken, npm_lifecycle_event: 'load:spike' };
    await expect(read('spike', env)).rejects.toThrow(
      `npm took --${flag} for itself; put -- before the flags: npm run load:spike -- --${flag} …`,
    );
  });

  it.each([
    { npm_config_target: '20.11.0' },
    { npm_config_timeout: '60000' },
    { npm_config_json: 'true' },
    { npm_config_registry: 'https://registry.npmjs.org/' },
    { npm_config_label: '' },
  ])('are not mistaken for the settings of other tools: %j', async (env) => {
    expect(await read('spike', env)).toMatchObject({ scenario: 'spike', target: null });
  });

  it('do not matter where the run was given the flag after all', async () => {
    const env = { npm_config_rate: '5' };
    expect((await read('spike --rate 7', env)).ratePerSecond).toBe(7);
    expect((await read('spike --rate=7', env)).ratePerSecond).toBe(7);
  });
});

describe('the command line', () => {
  it.each([
    ['', /which scenario\? One of steady, /],
    ['spikes', /no scenario "spikes"; expected steady, /],
    ['spike 5', /too many arguments/],
    ['spike --profle quick', /unknown option '--profle' \(Did you mean --profile\?\)/],
    ['spike --rate', /'--rate <per-second>' argument missing/],
    ['spike --scenario own.ts', /either the scenario "spike" or --scenario, not both/],
    ['spike --rate abc', /--rate: "abc" is not accepted; expected a number/],
    ['spike --target localhost:3000', /--target: .*expected an http:\/\/ or https:\/\/ URL/],
    ['spike --target https://api.example.com/prod?x=1', /without user name, query or fragment/],
    ['spike --label ', /--label: "" is not accepted/],
  ])('`%s` is refused in one line', async (argv, message) => {
    const error = await read(argv).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ exitCode: 2, message: expect.stringMatching(message) });
    expect((error as Error).message).not.toContain('\n');
  });
});
