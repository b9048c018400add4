import { describe, expect, it } from 'vitest';
import { OPTION_KEYS, OPTIONS, type OptionKey } from '../../../lib/core/config/options.ts';
import {
  mergeOptions,
  optionsFromEnv,
  optionsFromFile,
  optionsFromFlags,
} from '../../../lib/core/config/read-options.ts';
import { renderOptionsTable } from '../../../lib/core/config/render-options-table.ts';
import { UserError } from '../../../lib/core/errors/user-error.ts';

/** For each option three good values, as text, and values that it must refuse. */
const SAMPLES: Record<OptionKey, { good: [string, string, string]; bad: unknown[] }> = {
  target: {
    good: ['http://127.0.0.1:1', 'https://api.example.com/prod', 'http://[::1]:8080'],
    bad: [
      '',
      'api.example.com',
      'ftp://a',
      'http://',
      'http://u:p@a',
      'http://a?b',
      'http://a#b',
      'http://a\\@b',
      'http:// a',
      3000,
    ],
  },
  release: { good: ['1.4.2', 'v2', '2026-11-30 hotfix'], bad: ['', 'a\nb', 'x'.repeat(81), 1] },
  targetB: {
    good: ['http://127.0.0.1:2', 'https://b.example.com', 'http://b'],
    bad: ['', 'b', 3000],
  },
  prometheus: {
    good: ['http://127.0.0.1:9090/api/v1/write', 'https://a.test/api/v1/push', 'http://b/w'],
    bad: ['', '127.0.0.1:9090', 'ftp://a', 'http://u:p@a', 'http://a?b', 9090],
  },
  prometheusBearerEnv: { good: ['TOKEN', '_T', 'T1'], bad: ['', 'a b', 'a-b', 1] },
  prometheusHeaders: {
    good: ['X-Scope-OrgID=env:TENANT', 'authorization=env:AUTH', 'a=env:B'],
    bad: ['', 'a=b', 'content-length=env:A', 1],
  },
  deploymentB: { good: ['naive-128', './b.json', 'x'], bad: ['', 1] },
  profile: { good: ['quick', 'standard', 'long'], bad: ['', 'Quick', 'huge', 1, '__proto__'] },
  rate: {
    good: ['1', '0.5', '100000'],
    bad: [
      '',
      '0',
      '-1',
      '+1',
      '1e3',
      '1,000',
      '100001',
      'fast',
      'NaN',
      Number.NaN,
      Infinity,
      0,
      true,
      ['1'],
    ],
  },
  duration: {
    good: ['1s', '45s', '1h30m'],
    bad: ['', '45', 45, '999ms', '8d', '0s', '-1s', 'long'],
  },
  warmup: { good: ['0s', '10s', '1h'], bad: ['', '10', '500ms', '2h', 10, 'none'] },
  timeout: { good: ['2s', '4s', '30s'], bad: ['', '5', 5000, '0s', '16m'] },
  gracefulStop: { good: ['20s', '30s', '1m'], bad: ['', '5', '16m'] },
  arrivals: {
    good: ['even', 'cv:2', './orders.csv@2'],
    bad: ['', 'cv:', 'cv:0', 'cv:11', 'cv:fast', 'cv:1e1', 'a@0', 'a@1001', 'a\0b', 2, ['even']],
  },
  maxInFlight: { good: ['1', '20', '1000000'], bad: ['', '0', '1.5', '-1', '1000001', 'many'] },
  clients: { good: ['1', '4', '1000'], bad: ['', '0', '1.5', '-1', '1001', 'many'] },
  http1: { good: ['true', '0', '1'], bad: ['', 'yes', 2] },
  maxVUs: { good: ['1', '20', '1000000'], bad: ['', '0', '1.5', '-1', '1000001', 'many'] },
  sloSuccess: {
    good: ['0.99', '99.9%', '1'],
    bad: ['', '0', '0%', '99', '101%', '1.1', '-1%', '%', 'all'],
  },
  sloP95: { good: ['800', '800ms', '1.5s'], bad: ['', '0', '-1', '16m', '1s2', 'fast'] },
  label: { good: ['prod', 'eu west', 'Größe'], bad: ['', 'a\nb', '\u001b[31m', 'x'.repeat(81), 5] },
  headers: {
    good: ['x-a=env:A', 'x-a=env:B', 'x-a=env:A,x-b=env:B'],
    bad: [
      '',
      'x-a',
      'x-a=secret',
      'x-a=env:',
      'x-a=env:1A',
      'x a=env:A',
      'content-length=env:A',
      '=env:A',
      'x-a=env:A,',
      [],
    ],
  },
  apiKeyEnv: { good: ['KEY', '_k', 'K1'], bad: ['', '1K', 'a-b', 'sk live', '$KEY'] },
  bearerEnv: { good: ['TOKEN', '_t', 'T1'], bad: ['', 'eyJhbGciOi.eyJ', 'a b'] },
  bearerCommand: {
    good: ['./token.sh', 'gcloud auth print-identity-token', ' aws sso "x" '],
    bad: ['', ' ', 'a\nb', 5],
  },
  oauth2TokenUrl: {
    good: ['https://id.test/oauth2/token', 'http://127.0.0.1:1', 'https://id.test/t?api-version=1'],
    bad: ['', 'id.test', 'https://u:p@id.test', 'https://id.test/#a', 'ftp://id.test', 5],
  },
  oauth2ClientIdEnv: { good: ['ID', '_i', 'I1'], bad: ['', '1I', 'a b'] },
  oauth2ClientSecretEnv: { good: ['SECRET', '_s', 'S1'], bad: ['', '1S', 's3cret!'] },
  oauth2Scope: {
    good: ['orders', 'orders/write a', 'api://x/.default'],
    bad: ['', ' a', 'a"b', 'ä'],
  },
  oauth2Audience: { good: ['https://shop.test', 'orders', 'a b'], bad: ['', 'a\\b', 5] },
  ca: { good: ['ca.pem', '/etc/ca.pem', './a b.pem'], bad: ['', 'a\0b', 5] },
  clientCert: { good: ['c.pem', '/c.pem', './c.pem'], bad: ['', 'a\0b', 5] },
  clientKey: { good: ['c.key', '/c.key', './c.key'], bad: ['', 'a\0b', 5] },
  query: {
    good: ['api-version=2', 'tenant=a,code=b', 'q='],
    bad: ['', 'a', '=b', 'a=b\nc', 'a=\ud800', [], 5],
  },
  preflightPath: { good: ['/health', 'none', '/'], bad: ['', 'health', '//a', '/a?b', '/a b', 5] },
  sigv4: {
    good: ['eu-west-1', 'eu-west-1/lambda', 'us-gov-west-1'],
    bad: ['', 'europe', 'eu-west-1/', 'EU-WEST-1', '/lambda'],
  },
  allowHosts: {
    good: ['example.com', 'example.com:8443', '*.example.com,[::1]:80'],
    bad: [
      '',
      '*',
      '*.com',
      'https://example.com',
      'a/b',
      'a b',
      'a.*.com',
      'user@a',
      'a:',
      '*.',
      'a..b',
    ],
  },
  maxRatePerSecond: { good: ['1', '5000', '0.5'], bad: ['', '0', '-5', 'none'] },
  maxRequests: { good: ['1', '5000', '1000000'], bad: ['', '0', '1.5', 'none'] },
  out: { good: ['out', '/tmp/x', './a b'], bad: ['', 'a\0b', 5] },
  retryRatio: {
    good: ['0', '0.2', '12.5%'],
    bad: ['', '-0.1', '1.01', '101%', '%', 'often', Number.NaN, true, ['0.1']],
  },
  history: { good: ['h', '/tmp/h', 'none'], bad: ['', 'a\0b', 5] },
  seed: { good: ['0', '7', '4294967295'], bad: ['', '-1', '1.5', '4294967296', 'x'] },
  store: { good: ['memory', 'dynalite', 'memory'], bad: ['', 'disk', 'Memory'] },
  deployment: { good: ['naive-128', 'tuned-1024', './mine.json'], bad: ['', 'a\0b', 5] },
  lens: { good: ['auto', 'local', 'aws'], bad: ['', 'AWS', 'cloudwatch', 1] },
  functions: {
    good: ['orders', 'orders-fn:live', 'orders:live,write_orders'],
    bad: ['', 'a b', 'arn:aws:lambda:eu-west-1:1:function:a', 'a:', ':live', 'x'.repeat(65), 5],
  },
  region: { good: ['eu-west-1', 'us-gov-west-1', 'us-east-1'], bad: ['', 'europe', 'EU-WEST-1'] },
  drainWait: { good: ['0s', '90s', '10m'], bad: ['', '60', 60, '2d', '-1s'] },
  refine: { good: ['0', '3', '10'], bad: ['-1', '1.5', '11', 'x'] },
  abort: { good: ['true', '0', '1'], bad: ['', 'yes', 2] },
  exact: { good: ['true', '0', '1'], bad: ['', 'yes'] },
  live: { good: ['true', '0', '1'], bad: ['', 'yes'] },
  learn: { good: ['true', '0', '1'], bad: ['', 'yes'] },
  json: { good: ['true', '0', '1'], bad: ['', 'yes'] },
  scenarioFile: { good: ['a.ts', './b.ts', '/c.ts'], bad: ['', 5] },
  configFile: { good: ['a.ts', './b.json', '/c.ts'], bad: ['', 5] },
};

describe.each(OPTION_KEYS)('%s', (key) => {
  const { good, bad } = SAMPLES[key];
  const env: string | undefined = OPTIONS[key].env[0];
  const fromEnv = (raw: unknown) =>
    optionsFromEnv(env === undefined ? {} : { [env]: raw as string });
  const [first, second, third] = good;
  const fromFlag = (raw: unknown) => optionsFromFlags({ [key]: raw });

  it('reads the same value from a flag and from its variable', () => {
    for (const text of good) {
      expect(fromFlag(text).values[key]).toBeDefined();
      const fromVariable = env === undefined ? fromFlag(text) : fromEnv(text);
      expect(fromVariable.values[key]).toEqual(fromFlag(text).values[key]);
    }
  });

  it('prefers flags to variables to the config file', () => {
    const file = optionsFromFile(OPTIONS[key].inFile ? { [key]: first } : {}, 'load.config.json');
    const variable = fromEnv(second);
    const flag = fromFlag(third);
    const firstValue = OPTIONS[key].inFile ? fromFlag(first).values[key] : undefined;
    expect(mergeOptions(file).values[key]).toEqual(firstValue);
    const secondValue = env === undefined ? firstValue : fromFlag(second).values[key];
    expect(mergeOptions(file, variable).values[key]).toEqual(secondValue);
    expect(mergeOptions(file, variable, flag).values[key]).toEqual(flag.values[key]);
    expect(mergeOptions(file, variable, flag).sources[key]).toMatch(/^--/);
  });

  it.each(bad)('refuses %j in one line that names the flag, with exit code 2', (raw) => {
    const error = refusal(() => fromFlag(raw));
    expect(error).toMatchObject({ code: 'E_OPTION_INVALID', exitCode: 2 });
    expect(error.message).toMatch(/^--[a-z0-9-]+: .* not accepted; expected .+$/);
  });

  it('treats an empty variable as unset', () => {
    expect(fromEnv('').values).toEqual({});
  });

  it('is in the table of the docs', () => {
    expect(renderOptionsTable()).toContain(`| \`${OPTIONS[key].flag.replaceAll('|', '\\|')}\``);
    if (env !== undefined) expect(renderOptionsTable()).toContain(`\`${env}\``);
  });
});

it.each([
  ['target', 'http://user:canary@a'],
  ['headers', 'x-api-key=canary'],
  ['apiKeyEnv', 'canary-key'],
  ['bearerEnv', 'ey.canary'],
  ['bearerCommand', 'canary\n'.concat('x')],
  ['oauth2TokenUrl', 'https://a:canary@b'],
  ['oauth2ClientSecretEnv', 'canary-secret'],
  ['query', 'canary'],
] as const)('does not repeat what may be a secret given as %s', (key, raw) => {
  expect(refusal(() => optionsFromFlags({ [key]: raw })).message).not.toContain('canary');
});

it('takes an array of values from repeated flags and from the config file', () => {
  const raw = ['x-a=env:A', 'x-b=env:B'];
  expect(optionsFromFlags({ headers: raw }).values.headers).toEqual([
    { name: 'x-a', env: 'A' },
    { name: 'x-b', env: 'B' },
  ]);
});

it('takes BASE_URL for the target, and LOAD_TARGET before it', () => {
  const env = { BASE_URL: 'http://127.0.0.1:1/' };
  expect(optionsFromEnv(env).values.target).toBe('http://127.0.0.1:1');
  expect(optionsFromEnv({ ...env, LOAD_TARGET: 'http://127.0.0.1:2' }).values.target).toBe(
    'http://127.0.0.1:2',
  );
});

it('reads percentages without rounding error', () => {
  expect(optionsFromFlags({ sloSuccess: '99.9%' }).values.sloSuccess).toBe(0.999);
});

it('asks about a variable that looks misspelt, and leaves others alone', () => {
  expect(refusal(() => optionsFromEnv({ LOAD_RATES: '5' })).message).toBe(
    'LOAD_RATES: no such variable; did you mean LOAD_RATE?',
  );
  expect(optionsFromEnv({ LOAD_AVERAGE_OF_HOST: '5', LOAD_PLAN: '{}' }).values).toEqual({});
});

function refusal(run: () => unknown): UserError {
  try {
    run();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
