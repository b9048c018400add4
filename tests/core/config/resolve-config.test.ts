import { describe, expect, it } from 'vitest';
import { type ConfigInput, resolveConfig } from '../../../lib/core/config/resolve-config.ts';
import type { LoadConfig } from '../../../lib/core/config/run-config.ts';
import { QUESTION_PROFILES } from '../../../lib/questions/registry.ts';

function resolve({ config, ...input }: Partial<ConfigInput> & { config?: LoadConfig }) {
  const file = config ? { path: 'load.config.json', config } : null;
  return resolveConfig({
    questions: QUESTION_PROFILES,
    scenario: 'spike',
    flags: {},
    env: {},
    file,
    ...input,
  });
}

describe('precedence', () => {
  const config: LoadConfig = { sloP95: 300, scenarios: { spike: { sloP95: 400 } } };
  const env = { LOAD_SLO_P95: '500' };
  const flags = { sloP95: '600' };

  it.each([
    ['the profile', {}, 1000],
    ['the config file', { config: { sloP95: 300 } }, 300],
    ['its section for the scenario', { config }, 400],
    ['the environment', { config, env }, 500],
    ['a flag', { config, env, flags }, 600],
  ])('%s', (_, input, p95Ms) => {
    expect(resolve(input).slo.p95Ms).toBe(p95Ms);
  });

  it('takes the section of the scenario that runs only', () => {
    expect(resolve({ scenario: 'ramp', config }).slo.p95Ms).toBe(300);
    expect(resolve({ scenario: 'constructor', config }).slo.p95Ms).toBe(300);
  });

  it('remembers where each value came from', () => {
    expect(resolve({ config, env: { LOAD_RATE: '5' }, flags: { seed: '7' } }).sources).toEqual({
      sloP95: 'load.config.json: scenarios.spike: sloP95',
      rate: 'LOAD_RATE',
      seed: '--seed',
    });
  });
});

it('resolves to the documented defaults when nothing is given', () => {
  expect(resolve({})).toMatchObject({
    profile: 'standard',
    target: null,
    warmupMs: 0,
    requestTimeoutMs: 5000,
    gracefulStopMs: 7000,
    arrivals: { kind: 'poisson' },
    maxInFlight: null,
    clients: null,
    http1: false,
    seed: 1,
    store: null,
    deployment: null,
    abort: true,
    exact: false,
    auth: { kind: 'none' },
  });
});

describe('arrivals', () => {
  it.each([
    ...[['ramp'], ['breakpoint'], ['spike'], ['soak']].map((one) => [...one, 'poisson']),
    ...[['smoke'], ['steady'], ['ab'], ['batch'], ['black-friday']].map((one) => [...one, 'even']),
  ])('of %s are %s unless said otherwise', (scenario, kind) => {
    expect(resolve({ scenario }).arrivals).toEqual({ kind });
    expect(resolve({ scenario, flags: { arrivals: 'cv:2' } }).arrivals).toEqual({
      ...{ kind: 'cv', cv: 2 },
    });
  });

  it('come from the config file, its section, the environment or a flag', () => {
    const config = { arrivals: 'even', scenarios: { soak: { arrivals: 'cv:0.5' } } };
    const env = { LOAD_ARRIVALS: 'poisson' };
    const kindOf = (input: Parameters<typeof resolve>[0]) => resolve(input).arrivals;
    expect(kindOf({ scenario: 'spike', config })).toEqual({ kind: 'even' });
    expect(kindOf({ scenario: 'soak', config })).toEqual({ kind: 'cv', cv: 0.5 });
    expect(kindOf({ scenario: 'soak', config, env })).toEqual({ kind: 'poisson' });
    expect(kindOf({ scenario: 'soak', config, env, flags: { arrivals: 'a.csv@2' } })).toEqual({
      ...{ kind: 'file', path: 'a.csv', speed: 2 },
    });
  });
});

describe('a replay', () => {
  const arrivals = 'logs/orders.csv';

  it.each(['steady', 'soak', 'batch'])('is what %s can make', (scenario) => {
    const config = resolve({ scenario, flags: { arrivals } });
    expect(config.arrivals).toEqual({ kind: 'file', path: arrivals, speed: 1 });
  });

  it.each(['smoke', 'ramp', 'breakpoint', 'spike', 'ab'])('is refused for %s', (scenario) => {
    const refused = expect.objectContaining({ code: 'E_ARRIVALS', exitCode: 2 });
    const message = `--arrivals: ${scenario} has its own shape of load and cannot replay a recording; run steady, soak or batch, or use even, poisson or cv:NUMBER`;
    expect(() => resolve({ scenario, flags: { arrivals } })).toThrow(refused);
    expect(() => resolve({ scenario, flags: { arrivals } })).toThrow(message);
    expect(() => resolve({ scenario, env: { LOAD_ARRIVALS: arrivals } })).toThrow(
      /^LOAD_ARRIVALS: /,
    );
  });

  it('may be of a scenario of the user, whatever its name', () => {
    for (const scenarioFile of ['flows/black-friday.ts', 'flows/spike.ts']) {
      const config = resolve({ scenario: 'steady', flags: { scenarioFile, arrivals } });
      expect(config.arrivals.kind).toBe('file');
    }
  });

  it.each([
    [{ rate: '5' }, '--rate'],
    [{ duration: '5s' }, '--duration'],
    [{ profile: 'long' }, '--profile'],
  ])('is refused beside %j, which the recording decides', (shape, flag) => {
    expect(() => resolve({ scenario: 'steady', flags: { ...shape, arrivals } })).toThrow(
      `${flag} has no effect on a replay, because --arrivals determines when orders come; leave one of them out (FILE@2 is twice as fast)`,
    );
    expect(() =>
      resolve({ scenario: 'steady', flags: { arrivals: 'cv:2', ...shape } }),
    ).not.toThrow();
  });

  it('lets a file and an environment hold the shape of other runs', () => {
    const config = { rate: 5, scenarios: { steady: { duration: '5s', profile: 'long' } } };
    const env = { LOAD_RATE: '7', LOAD_PROFILE: 'quick' };
    expect(resolve({ scenario: 'steady', config, env, flags: { arrivals } })).toMatchObject({
      ratePerSecond: 7,
      arrivals: { kind: 'file' },
    });
  });
});

it.each([
  [{ maxInFlight: '20' }, 20],
  [{ maxVUs: '30' }, 30],
  [{ maxInFlight: '20', maxVUs: '30' }, 20],
])('takes --max-vus for another name of --max-in-flight: %j', (flags, most) => {
  expect(resolve({ flags }).maxInFlight).toBe(most);
});

it('takes the flag --max-vus before a variable, as every flag', () => {
  const env = { LOAD_MAX_IN_FLIGHT: '500' };
  expect(resolve({ flags: { maxVUs: '50' }, env }).maxInFlight).toBe(50);
});

it('gives both sends of an order their time where orders are sent again', () => {
  expect(resolve({}).retryRatio).toBe(0);
  expect(resolve({ flags: { retryRatio: '0.1' } })).toMatchObject({
    retryRatio: 0.1,
    gracefulStopMs: 12_000,
  });
  expect(resolve({ flags: { retryRatio: '0', gracefulStop: '7s' } }).gracefulStopMs).toBe(7000);
});

it.each([
  [
    { gracefulStop: '11s', retryRatio: '1%' },
    '--graceful-stop: 11s is too short for a timeout of 5s with orders sent twice, so orders would go uncounted; expected at least 12s',
  ],
  [{ gracefulStop: '6s' }, /^--graceful-stop: 6s is too short for a timeout of 5s/],
  [{ gracefulStop: '30s', timeout: '29s' }, /^--graceful-stop: 30s is too short/],
  [{ sloP95: '5s' }, /^--slo-p95: a p95 SLO of 5s cannot be missed with a timeout of 5s/],
  [{ timeout: '800ms' }, /^--timeout: a p95 SLO of 1s cannot be missed/],
  [{ apiKeyEnv: 'A', bearerEnv: 'B' }, /^--api-key-env and --bearer-env exclude each other/],
])('refuses %j', (flags, message) => {
  expect(() => resolve({ flags })).toThrow(message);
});

it.each([
  [
    { flags: { deployment: 'naive-128', target: 'http://127.0.0.1:1' } },
    '--deployment and --target exclude each other',
  ],
  [
    { flags: { deployment: 'naive-128' }, env: { BASE_URL: 'http://127.0.0.1:1' } },
    '--deployment and BASE_URL exclude each other',
  ],
  [
    { env: { LOAD_DEPLOYMENT: 'naive-128' }, config: { target: 'http://127.0.0.1:1' } },
    'LOAD_DEPLOYMENT and load.config.json: target exclude each other',
  ],
])('refuses a deployment of a target of the user: %j', (input, message) => {
  expect(() => resolve(input)).toThrow(message);
});

it.each([
  [{ apiKeyEnv: 'KEY' }, { kind: 'apiKey', env: 'KEY' }],
  [{ bearerEnv: 'TOKEN' }, { kind: 'bearer', env: 'TOKEN' }],
  [{ sigv4: 'eu-west-1' }, { kind: 'sigv4', region: 'eu-west-1', service: 'execute-api' }],
])('authenticates by %j', (flags, auth) => {
  expect(resolve({ flags }).auth).toEqual(auth);
});

it.each([
  ['flows/black-friday.ts', 'black-friday'],
  ['C:\\flows\\my flow.ts', 'my-flow'],
  ['warmup.ts', 'custom'],
  ['….ts', 'custom'],
])('names the scenario of %s %s', (scenarioFile, name) => {
  expect(resolve({ flags: { scenarioFile } }).scenario).toBe(name);
});

it('lays the mapping of the config over the contract', () => {
  const { mapping } = resolve({
    config: { order: { createPath: '/v2/orders', fields: { orderId: 'id' }, headers: undefined } },
  });
  expect(mapping).toMatchObject({ createPath: '/v2/orders', createMethod: 'POST', headers: {} });
  expect(mapping.fields).toMatchObject({ orderId: 'id', price: 'price' });
});

it('refuses a section that nearly names a scenario, and takes one of a scenario of the user', () => {
  const withSection = (name: string, scenario: string) => () =>
    resolveConfig({
      questions: QUESTION_PROFILES,
      scenario,
      flags: {},
      env: {},
      file: { path: 'load.config.json', config: { scenarios: { [name]: { rate: 5 } } } },
    });
  expect(withSection('sipke', 'spike')).toThrow(
    'load.config.json: scenarios.sipke: no such scenario; did you mean spike?',
  );
  expect(withSection('black-friday', 'spike')).not.toThrow();
  expect(withSection('spikes', 'spikes')).not.toThrow();
});

describe('the arms of ab', () => {
  const a = 'http://127.0.0.1:1';
  const b = 'http://127.0.0.1:2';

  it.each([
    [{ target: a }, /^--target is arm A, and there is no arm B; add --target-b/],
    [{ target: a, targetB: b, deploymentB: 'x' }, /^--target-b and --deployment-b exclude/],
    [{ targetB: b, warmup: '5s' }, /^--warmup: ab has no warm-up/],
  ])('refuses %j', (flags, message) => {
    expect(() => resolve({ scenario: 'ab', flags })).toThrow(message);
  });

  it.each([
    [{ target: a, targetB: b }, a, b],
    [{ target: a, deploymentB: 'naive-128' }, a, null],
    [{ deployment: 'tuned-1024', deploymentB: 'naive-128' }, null, null],
    [{}, null, null],
  ])('takes %j', (flags, target, targetB) => {
    expect(resolve({ scenario: 'ab', flags })).toMatchObject({ target, targetB });
  });

  it('refuses an arm B of any other scenario on the command line, and lets a file serve them all', () => {
    const message = /^--target-b: steady loads one target; run `npm run load:ab`/;
    expect(() => resolve({ scenario: 'steady', flags: { targetB: b } })).toThrow(message);
    expect(resolve({ scenario: 'steady', config: { targetB: b } }).scenario).toBe('steady');
  });
});

it('refuses --refine where there is no capacity to narrow down', () => {
  expect(() => resolve({ scenario: 'spike', flags: { refine: '2' } })).toThrow(
    /^--refine: spike measures no capacity to narrow down.*`npm run load:ramp`$/,
  );
  expect(resolve({ scenario: 'ramp', flags: { refine: '2' } }).refine).toBe(2);
  // Of several scenarios, only one of which it fits.
  expect(resolve({ scenario: 'spike', env: { LOAD_REFINE: '2' } }).refine).toBe(2);
});
