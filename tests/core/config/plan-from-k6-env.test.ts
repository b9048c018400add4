import { describe, expect, it } from 'vitest';
import { planFromK6Env } from '../../../lib/core/config/plan-from-k6-env.ts';
import { resolveConfig } from '../../../lib/core/config/resolve-config.ts';
import { resolvePlan } from '../../../lib/core/config/resolve-plan.ts';
import { recordedLoad } from '../../../lib/core/load/recorded-load.ts';
import { QUESTION_PROFILES } from '../../../lib/questions/registry.ts';

const config = (flags: Record<string, unknown>) =>
  resolveConfig({ questions: QUESTION_PROFILES, scenario: 'spike', flags, env: {}, file: null });

it('reaches k6 unchanged as JSON', () => {
  const { plan } = resolvePlan(config({ headers: ['x-a=env:A'], warmup: '5s' }), { run: 'r' });
  expect(
    planFromK6Env('spike', QUESTION_PROFILES, { LOAD_PLAN: JSON.stringify(plan), RATE: '1' }),
  ).toEqual(plan);
});

it('is the same plan under plain k6 as under the wrapper', () => {
  // Anyone may divide a plain run, which its plan has to allow for.
  const { plan } = resolvePlan(config({ rate: '20' }), { run: 'r', mostRunners: 16 });
  expect(planFromK6Env('spike', QUESTION_PROFILES, { RATE: '20' }, 'r')).toEqual(plan);
  expect(planFromK6Env('spike', QUESTION_PROFILES, { RETRY_RATIO: '0.1' }).retryRatio).toBe(0.1);
  expect(
    planFromK6Env('spike', QUESTION_PROFILES, { RATE: '5', LOAD_RATE: '20', LOAD_RUN: 'r' }),
  ).toEqual(plan);
});

it('takes BASE_URL under plain k6, and ignores what only the wrapper can do', () => {
  const env = { BASE_URL: 'http://127.0.0.1:7/' };
  expect(planFromK6Env('spike', QUESTION_PROFILES, env)).toMatchObject({
    target: 'http://127.0.0.1:7',
    scenario: 'spike',
  });
});

it('refuses a bad value under plain k6 by the same rules', () => {
  expect(() => planFromK6Env('spike', QUESTION_PROFILES, { RATE: 'fast' })).toThrow(
    /^LOAD_RATE: "fast" is not/,
  );
});

it('refuses under plain k6 what only the wrapper can do, and says what to do instead', () => {
  expect(() =>
    planFromK6Env('spike', QUESTION_PROFILES, { LOAD_BEARER_COMMAND: './token.sh' }),
  ).toThrow(/^plain k6 cannot renew a bearer token; provide one with LOAD_BEARER_ENV/);
  expect(() => planFromK6Env('spike', QUESTION_PROFILES, { LOAD_CA: 'ca.pem' })).toThrow(
    /^LOAD_CA: .*SSL_CERT_FILE/,
  );
  expect(planFromK6Env('spike', QUESTION_PROFILES, { LOAD_QUERY: 'a=b' }).query).toBe('a=b');
});

it('refuses a run id that could not be part of an order id', () => {
  expect(planFromK6Env('spike', QUESTION_PROFILES, { LOAD_RUN: 'nightly.7' }).run).toBe(
    'nightly.7',
  );
  expect(() => planFromK6Env('spike', QUESTION_PROFILES, { LOAD_RUN: 'a"b' })).toThrow(
    'LOAD_RUN is not a run id',
  );
});

describe('under plain k6', () => {
  it.each([
    [{}, 16],
    [{ RUNNERS: '' }, 16],
    [{ RUNNERS: '1' }, 1],
    [{ RUNNERS: '1000' }, 1000],
    [{ RUNNERS: '3', LOAD_RUNNERS: '5' }, 5],
  ])('so many runners may share the load with %j: %d', (env, runners) => {
    expect(planFromK6Env('steady', QUESTION_PROFILES, env).mostRunners).toBe(runners);
  });

  it.each(['0', '1001', '-1', '1.5', '+2', '2 ', 'many', '99999'])('refuses RUNNERS=%j', (text) => {
    const refused = () => planFromK6Env('steady', QUESTION_PROFILES, { RUNNERS: text });
    expect(refused).toThrow(expect.objectContaining({ code: 'E_OPTION', exitCode: 2 }));
    expect(refused).toThrow(
      `RUNNERS: ${JSON.stringify(text)} is not accepted; expected a whole number from 1 to 1000`,
    );
  });

  it('CLIENTS, MAX_IN_FLIGHT and MAX_VUS are short names, and their LOAD_ forms win', () => {
    expect(planFromK6Env('steady', QUESTION_PROFILES, { CLIENTS: '3' }).clients).toBe(3);
    expect(
      planFromK6Env('steady', QUESTION_PROFILES, { CLIENTS: '3', LOAD_CLIENTS: '4' }).clients,
    ).toBe(4);
    expect(planFromK6Env('steady', QUESTION_PROFILES, { MAX_VUS: '30' }).maxInFlight).toBe(30);
    const env = { MAX_VUS: '30', MAX_IN_FLIGHT: '20' };
    expect(planFromK6Env('steady', QUESTION_PROFILES, env).maxInFlight).toBe(20);
    expect(
      planFromK6Env('steady', QUESTION_PROFILES, { ...env, LOAD_MAX_IN_FLIGHT: '9' }).maxInFlight,
    ).toBe(9);
  });

  it.each([
    ['steady', {}, { kind: 'even' }],
    ['spike', {}, { kind: 'poisson' }],
    ['spike', { ARRIVALS: 'even' }, { kind: 'even' }],
    ['spike', { ARRIVALS: 'even', LOAD_ARRIVALS: 'cv:2' }, { kind: 'cv', cv: 2 }],
  ])('%s with %j arrives as %j', (scenario, env, arrivals) => {
    expect(planFromK6Env(scenario, QUESTION_PROFILES, env).arrivals).toEqual(arrivals);
  });

  it('ARRIVALS names a file, which is read by what k6 has for it', () => {
    const asked: unknown[] = [];
    const env = { ARRIVALS: 'orders.csv@2', SEED: '5' };
    const plan = planFromK6Env('steady', QUESTION_PROFILES, env, 'r', (choice, seed) => {
      asked.push([choice, seed]);
      const recording = { kind: 'times', timesMs: [0, 4000] } as const;
      return recordedLoad(recording, { file: 'orders.csv', speed: 2, seed, sha256: () => 'abc' });
    });
    expect(asked).toEqual([[{ kind: 'file', path: 'orders.csv', speed: 2 }, 5]]);
    expect(plan.arrivals).toEqual({
      ...{ kind: 'recorded', file: 'orders.csv', speed: 2, orders: 2, peakPerSecond: 1 },
      sha256: 'abc',
    });
    expect(plan.stages).toMatchObject([{ name: 'replay', durationSeconds: 2.001 }]);
  });

  it('reads no file where none is named, nor where nothing can read one', () => {
    const never = () => {
      throw new Error('read');
    };
    expect(planFromK6Env('steady', QUESTION_PROFILES, {}, 'r', never).arrivals).toEqual({
      kind: 'even',
    });
    expect(() => planFromK6Env('steady', QUESTION_PROFILES, { ARRIVALS: 'orders.csv' })).toThrow(
      'was not read',
    );
  });

  it('refuses arrivals that are none, and a replay of a shape', () => {
    expect(() => planFromK6Env('steady', QUESTION_PROFILES, { ARRIVALS: 'cv:99' })).toThrow(
      /^LOAD_ARRIVALS: "cv:99" is not accepted; expected even, poisson, cv:NUMBER/,
    );
    expect(() => planFromK6Env('spike', QUESTION_PROFILES, { ARRIVALS: 'orders.csv' })).toThrow(
      /^LOAD_ARRIVALS: spike/,
    );
  });
});
