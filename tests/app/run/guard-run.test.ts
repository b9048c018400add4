import { describe, expect, it } from 'vitest';
import { planEnvironment } from '../../../lib/app/run/execute-k6.ts';
import { guardRun } from '../../../lib/app/run/guard-run.ts';
import { parseConfigFile } from '../../../lib/core/config/config-file-schema.ts';
import { resolveConfig } from '../../../lib/core/config/resolve-config.ts';
import { UNKNOWN_MACHINE } from '../../../lib/core/load/in-flight.ts';
import { recordedLoad } from '../../../lib/core/load/recorded-load.ts';
import { QUESTION_PROFILES } from '../../../lib/questions/registry.ts';

/** 250 orders within the timeout of steady, 25 within its SLO. */
function guarded(flags: Record<string, unknown>, limits: Partial<typeof UNKNOWN_MACHINE>) {
  const config = resolveConfig({
    questions: QUESTION_PROFILES,
    scenario: 'steady',
    flags,
    env: {},
    file: null,
  });
  const machine = { ...UNKNOWN_MACHINE, ...limits };
  return guardRun(config, { run: 'r', env: {}, machine, recorded: null });
}

describe('descriptors and ports', () => {
  const limits = { descriptors: 64 + 100, localPorts: 32 + 100 };
  const target = (protocol: string) => ({
    ...{ target: `${protocol}://api.test`, allowHosts: ['api.test'] },
  });

  it.each([
    ['the embedded order API', {}],
    ['http', target('http')],
    ['https with --http1', { ...target('https'), http1: true }],
  ])('bound what is in flight to %s', (_, flags) => {
    const { plan, notes } = guarded(flags, limits);
    expect(plan).toMatchObject({ maxInFlight: 100, inFlightBound: 260 });
    expect(notes.join()).toContain('in flight at most 100 orders because');
  });

  it('do not count for https, whose orders may share one connection', () => {
    const { plan, notes } = guarded(target('https'), limits);
    expect(plan).toMatchObject({ maxInFlight: 260, inFlightBound: 260 });
    expect(notes.join()).not.toContain('in flight');
  });

  it('count for two arms over http as for one', () => {
    const config = resolveConfig({
      questions: QUESTION_PROFILES,
      ...{ scenario: 'ab', env: {}, file: null },
      flags: { ...target('http'), targetB: 'http://api.test/b' },
    });
    const machine = { ...UNKNOWN_MACHINE, ...limits };
    const { plan } = guardRun(config, { run: 'r', env: {}, machine, recorded: null });
    expect(plan.maxInFlight).toBe(100);
  });

  it('do not lift the bound of memory', () => {
    const memory = { ...limits, freeMemoryBytes: 6_600_000 };
    expect(guarded(target('https'), memory).plan.maxInFlight).toBe(50);
  });
});

it('guards a replay by its busiest second, and leaves its times to a file', () => {
  const flags = { arrivals: 'orders.csv', maxRatePerSecond: '2' };
  const config = resolveConfig({
    questions: QUESTION_PROFILES,
    scenario: 'steady',
    flags,
    env: {},
    file: null,
  });
  const input = { run: 'r', env: {}, machine: UNKNOWN_MACHINE };
  const replay = (...timesMs: readonly number[]) => {
    const choice = { file: 'orders.csv', speed: 1, seed: 1, sha256: () => 'abc' };
    const recorded = recordedLoad({ kind: 'times', timesMs }, choice);
    return guardRun(config, { ...input, recorded }).plan;
  };
  const plan = replay(0, 100, 60_000);
  expect(plan.arrivals).toMatchObject({ kind: 'recorded', orders: 3, peakPerSecond: 2 });
  expect(() => replay(0, 100, 200, 60_000)).toThrow('The peak of 3 orders/s is above the cap of 2');
  const { LOAD_PLAN, ...rest } = planEnvironment(plan, {
    exact: false,
    bodiesPath: null,
    recordedPath: '/tmp/r',
  });
  expect(JSON.parse(LOAD_PLAN ?? '')).toEqual(plan);
  expect(rest).toEqual({ LOAD_EXACT: '', LOAD_RECORDED: '/tmp/r' });
  expect(
    planEnvironment(plan, { exact: true, bodiesPath: null, recordedPath: null }),
  ).not.toHaveProperty('LOAD_RECORDED');
});

it('refuses a batch of orders that nobody could find again', () => {
  const guardedBatch = (order: object) => {
    const file = {
      path: 'load.config.json',
      config: parseConfigFile({ order }, 'load.config.json'),
    };
    const config = resolveConfig({
      questions: QUESTION_PROFILES,
      scenario: 'batch',
      flags: {},
      env: {},
      file,
    });
    return guardRun(config, { run: 'r', env: {}, machine: UNKNOWN_MACHINE, recorded: null });
  };
  expect(() => guardedBatch({ body: { items: [] } })).toThrow(/no field of order\.body/);
  expect(() => guardedBatch({ body: { id: '{{orderId}}' } })).not.toThrow();
  expect(() => guardedBatch({ body: { items: [] }, idFrom: '$.id' })).not.toThrow();
  expect(() => guardedBatch({})).not.toThrow();
});
