import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  parseOrderApiCommands,
  parseOrderApiFlags,
} from '../../../lib/app/order-api/order-api-flags.ts';
import { hasFaults } from '../../../order-api/config/fault-config.ts';
import {
  DEFAULT_ORDER_API_CONFIG,
  type OrderApiConfig,
} from '../../../order-api/config/order-api-config.ts';
import { parseOverrides, readSamConfig, readTemplate } from '../../deploy/read-template.ts';

const FOLDER = resolve(import.meta.dirname, '../../../order-api/deployments');
const NAMES = readdirSync(FOLDER).map((file) => basename(file, '.json'));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'order-load-deployment-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function deploymentOf(text: string): string {
  const file = join(folder, 'mine.json');
  writeFileSync(file, text);
  return file;
}

function configOf(...argv: string[]): OrderApiConfig | undefined {
  return parseOrderApiFlags(argv)?.config;
}

/** No stack of AWS makes faults on demand. */
function isLocalOnly(name: string): boolean {
  const config = configOf('--deployment', name);
  return config !== undefined && hasFaults(config.faults);
}

const ON_AWS = NAMES.filter((name) => !isLocalOnly(name));

it.each(NAMES)('%s can be started', (name) => {
  expect(configOf('--deployment', name)).toMatchObject({ port: 0, timeoutMs: 10_000 });
});

it('gives what the file says, and the defaults for the rest', () => {
  expect(configOf('--deployment', 'tight-concurrency')).toEqual({
    ...DEFAULT_ORDER_API_CONFIG,
    bundle: 'sdk',
    timeoutMs: 10_000,
    reservedConcurrency: 10,
  });
});

it.each([
  ['before', ['--memory', '512', '--deployment', 'naive-128']],
  ['after', ['--deployment', 'naive-128', '--memory', '512']],
])('a flag %s it overrides a single value', (_, argv) => {
  expect(configOf(...argv)).toMatchObject({ memoryMb: 512, bundle: 'sdk' });
});

it('reads a file by its path', () => {
  const file = deploymentOf('{"description": "mine", "options": {"memory": 256, "queue": false}}');
  expect(configOf('--deployment', file)).toEqual({ ...DEFAULT_ORDER_API_CONFIG, memoryMb: 256 });
});

it('an unknown name is answered with the known ones', () => {
  expect(() => configOf('--deployment', 'fast')).toThrow(
    /^--deployment fast: there is no deployment of that name; choose batch-25, .*tuned-1024$/,
  );
});

it.each([
  [
    'unknown option',
    '{"description": "", "options": {"memori": 1}}',
    /unknown option '--memori=1'/,
  ],
  ['value out of range', '{"description": "", "options": {"memory": 1}}', /from 128 to 10240 MB/],
  ['value of the wrong type', '{"description": "", "options": {"memory": [1]}}', /options.memory/],
  ['a flag without its value', '{"description": "", "options": {"memory": true}}', /missing/],
  ['a value too many', '{"description": "", "options": {"queue": 1}}', /--queue/],
  ['a contradiction', '{"description": "", "options": {"batch-size": 5}}', /without --queue/],
  ['what AWS refuses', '{"description":"","options":{"queue":true,"batch-size":25}}', /window/],
  ['not deployed', '{"description": "", "options": {"port": 1}}', /"port" is not an option/],
  ['an option that is none', '{"description": "", "options": {"memory 1": 1}}', /options/],
  ['unknown key', '{"description": "", "options": {}, "optoins": {}}', /"optoins"/],
  ['no description', '{"options": {}}', /description/],
  ['no JSON', '{', /it is not JSON/],
  ['no object', '[]', /needs a "description"/],
])('refuses in one line: %s', (_, text, message) => {
  const file = deploymentOf(text);
  const call = () => configOf('--deployment', file);
  expect(call).toThrow(expect.objectContaining({ code: 'E_DEPLOYMENT', exitCode: 2 }));
  expect(call).toThrow(message);
  expect(call).toThrow(/^--deployment .+$/);
});

it('a file that is not there is refused', () => {
  expect(() => configOf('--deployment', './gone.json')).toThrow(/gone.json: it cannot be read/);
});

it('the page lists every deployment, and says which are local only', () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../../docs/deployments.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([\w-]+)` \| (yes|local only) \|/gm)];
  const listed = rows.map(([, name, onAws]) => ({ name, localOnly: onAws === 'local only' }));
  expect(listed).toEqual(NAMES.map((name) => ({ name, localOnly: isLocalOnly(name) })));
});

/** What a stack of samconfig.yaml has, in the words of the local platform. */
function deployedAs(name: string): object {
  const overrides = parseOverrides(readSamConfig().get(name)?.parameter_overrides);
  const defaults = Object.entries(readTemplate().Parameters).map(([key, { Default }]) => [
    key,
    String(Default),
  ]);
  const stack: Record<string, string> = { ...Object.fromEntries(defaults), ...overrides };
  const reserved = Number(stack['ReservedConcurrency']);
  return {
    createOrder: stack['CreateOrderHandler'],
    memoryMb: Number(stack['MemoryMb']),
    architecture: stack['Architecture'] === 'x86_64' ? 'x86' : 'arm',
    reservedConcurrency: reserved === -1 ? null : reserved,
    provisionedConcurrency: Number(stack['ProvisionedConcurrency']),
    timeoutMs: readTemplate().Globals.Function['Timeout'] * 1000,
    queue: {
      batchSize: Number(stack['BatchSize']),
      batchWindowSeconds: Number(stack['BatchWindowSeconds']),
      maximumConcurrency: Number(stack['MaximumWriteConcurrency']),
      writeMode: stack['WriteMode'],
      visibilitySeconds: readTemplate().Resources['OrdersQueue']?.Properties['VisibilityTimeout'],
      maxReceiveCount: 5,
    },
  };
}

it.each(ON_AWS)('%s is the same on AWS, by sam deploy --config-env', (name) => {
  const local = configOf('--deployment', name);
  const deployed = deployedAs(name);
  expect(local).toMatchObject(local?.queue === null ? { ...deployed, queue: null } : deployed);
});

it('the stacks of samconfig.yaml are the deployments without faults, and sets parameters that exist', () => {
  const stacks = [...readSamConfig()].filter(([name]) => name !== 'default');
  expect(stacks.map(([name]) => name).sort()).toEqual([...ON_AWS].sort());
  const names = stacks.map(([, { stack_name }]) => stack_name);
  expect(new Set(names).size).toBe(names.length);
  const { Parameters } = readTemplate();
  for (const [name, { parameter_overrides, tags }] of stacks) {
    for (const key of Object.keys(parseOverrides(parameter_overrides))) {
      expect(Parameters, `${name}: ${key}`).toHaveProperty(key);
    }
    expect(tags).toContain('purpose=load-test');
  }
});

it('each of several deployments is started with the other flags', () => {
  const argv = ['--deployment', 'naive-128', '--seed', '7', '--deployment=tuned-1024'];
  const summary = (...flags: string[]) =>
    parseOrderApiCommands([...argv, ...flags])?.map(({ deployment, config }) => [
      deployment,
      config.memoryMb,
      config.seed,
      config.port,
    ]);
  expect(summary()).toEqual([
    ['naive-128', 128, 7, 0],
    ['tuned-1024', 1024, 7, 0],
  ]);
  expect(summary('--port', '8081', '--memory', '512')).toEqual([
    ['naive-128', 512, 7, 8081],
    ['tuned-1024', 512, 7, 8082],
  ]);
  expect(summary('--port', '8081', '--deployment-number', '2')).toEqual([
    ['tuned-1024', 1024, 7, 8082],
  ]);
});

it.each([
  ['--logs=calls.log', /^--logs is a single file, but there are 2 deployments: .+ \(see --help\)$/],
  ['--dynamodb-endpoint=http://127.0.0.1:8000', /is a single table: each of 2 deployments/],
  ['--port=65535', /^--port 65535 leaves no ports for 2 deployments/],
])('several deployments share no %s', (flag, message) => {
  const call = () =>
    parseOrderApiCommands(['--deployment=naive-128', '--deployment=tuned-1024', flag]);
  expect(call).toThrow(expect.objectContaining({ code: 'E_USAGE', exitCode: 2 }));
  expect(call).toThrow(message);
});
