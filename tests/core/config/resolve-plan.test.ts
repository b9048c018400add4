import { describe, expect, it } from 'vitest';
import { resolveConfig } from '../../../lib/core/config/resolve-config.ts';
import { resolvePlan } from '../../../lib/core/config/resolve-plan.ts';
import { type Machine, UNKNOWN_MACHINE } from '../../../lib/core/load/in-flight.ts';
import { recordedLoad } from '../../../lib/core/load/recorded-load.ts';
import { durationSeconds, peakRate } from '../../../lib/core/load/stages.ts';
import { QUESTION_PROFILES } from '../../../lib/questions/registry.ts';

const config = (flags: Record<string, unknown>) =>
  resolveConfig({ questions: QUESTION_PROFILES, scenario: 'spike', flags, env: {}, file: null });

it('sets the peak by --rate and the length by --duration', () => {
  const { plan } = resolvePlan(config({ rate: '30', duration: '9s' }), { run: 'r' });
  expect(peakRate(plan.stages)).toBe(30);
  expect(durationSeconds(plan.stages)).toBeCloseTo(9, 9);
  expect(plan.stages[0]).toEqual({ name: 'baseline', durationSeconds: 2, fromRate: 3, toRate: 3 });
});

it('warms up at the first rate', () => {
  const { plan } = resolvePlan(config({ warmup: '5s' }), { run: 'r' });
  expect(plan.warmup).toEqual({ name: 'warmup', durationSeconds: 5, fromRate: 10, toRate: 10 });
});

it('loads the configured target before the one of the embedded API', () => {
  const embedded = { run: 'r', target: 'http://127.0.0.1:9' };
  expect(resolvePlan(config({}), embedded).plan.target).toBe('http://127.0.0.1:9');
  const own = config({ target: 'http://127.0.0.1:8' });
  expect(resolvePlan(own, embedded).plan.target).toBe('http://127.0.0.1:8');
});

describe('orders in flight', () => {
  const on = (limits: Partial<Machine>) => ({
    run: 'r',
    machine: { ...UNKNOWN_MACHINE, ...limits },
  });

  it('are as many as the timeout can hold of the peak, by how it arrives', () => {
    const ofArrivals = (flags: object) => resolvePlan(config({ ...flags }), { run: 'r' }).plan;
    expect(ofArrivals({})).toMatchObject({ maxInFlight: 645, inFlightBound: 645 });
    expect(ofArrivals({ arrivals: 'even' })).toMatchObject({ maxInFlight: 510 });
    expect(ofArrivals({ maxInFlight: '80' })).toMatchObject({
      maxInFlight: 80,
      inFlightBound: 645,
    });
  });

  it('are cut by what the machine allows, with a note', () => {
    const { plan, notes } = resolvePlan(config({}), on({ freeMemoryBytes: 26_300_000 }));
    expect(plan).toMatchObject({ maxInFlight: 200, inFlightBound: 645 });
    expect(notes).toEqual([
      expect.stringContaining(
        'in flight at most 200 orders because this machine has 26 MB of free memory',
      ),
    ]);
  });

  it('take the memory of a VU each in a scenario of the user', () => {
    const own = config({ scenarioFile: 'own.ts', arrivals: 'even', rate: '100' });
    const { plan } = resolvePlan(own, on({ freeMemoryBytes: 200_000_000 }));
    expect(plan).toMatchObject({ maxInFlight: 100, inFlightBound: 510 });
  });

  it('are refused where the load does not fit: exit code 4', () => {
    const refused = expect.objectContaining({ code: 'E_MACHINE_LIMIT', exitCode: 4 });
    expect(() => resolvePlan(config({}), on({ descriptors: 100 }))).toThrow(refused);
    const more = config({ maxInFlight: '2000' });
    expect(() => resolvePlan(more, on({ descriptors: 1064 }))).toThrow(refused);
    expect(() => resolvePlan(more, on({ descriptors: 1064 }))).toThrow(/^--max-in-flight 2000 /);
  });
});

describe('clients', () => {
  const clientsOf = (flags: Record<string, string>) =>
    resolvePlan(config(flags), { run: 'r' }).plan.clients;

  it.each([
    [{ rate: '10' }, 1],
    [{ rate: '4000' }, 1],
    [{ rate: '4000.1' }, 2],
    [{ rate: '20000' }, 5],
    [{ rate: '4000', retryRatio: '0.1' }, 2],
    [{ rate: '10', clients: '7' }, 7],
    [{ rate: '20000', clients: '1' }, 1],
  ])('of %j are %d', (flags, clients) => {
    expect(clientsOf(flags)).toBe(clients);
  });

  it('are never more than the orders that may be in flight', () => {
    expect(clientsOf({ clients: '7', maxInFlight: '3' })).toBe(3);
    expect(clientsOf({ rate: '20000', maxInFlight: '1' })).toBe(1);
  });
});

describe('a replay', () => {
  const recorded = recordedLoad(
    { kind: 'times', timesMs: [0, 100, 200, 9000] },
    { file: 'orders.csv', speed: 1, seed: 1, sha256: () => 'abc' },
  );
  const replay = (flags: Record<string, string> = {}) =>
    resolveConfig({
      questions: QUESTION_PROFILES,
      ...{ scenario: 'steady', flags: { arrivals: 'logs/orders.csv', ...flags }, env: {} },
      file: { path: 'load.config.json', config: { rate: 70, duration: '30s' } },
    });

  it('is the stage and the arrivals of the recording, whatever a file says of the shape', () => {
    const { plan } = resolvePlan(replay(), { run: 'r', recorded });
    expect(plan.stages).toEqual([recorded.stage]);
    expect(plan.arrivals).toEqual(recorded.arrivals);
  });

  it('keeps room for its busiest second', () => {
    const { plan } = resolvePlan(replay(), { run: 'r', recorded });
    expect(plan).toMatchObject({ maxInFlight: 3 * 5 + 10, inFlightBound: 25, clients: 1 });
    const busy = { ...recorded, arrivals: { ...recorded.arrivals, peakPerSecond: 9000 } };
    expect(resolvePlan(replay(), { run: 'r', recorded: busy }).plan.clients).toBe(3);
  });

  it('warms up at its mean rate', () => {
    const { plan } = resolvePlan(replay({ warmup: '5s' }), { run: 'r', recorded });
    expect(plan.warmup?.fromRate).toBeCloseTo(4 / 9.001, 9);
  });

  it('is nothing without what the file holds', () => {
    expect(() => resolvePlan(replay(), { run: 'r' })).toThrow('logs/orders.csv was not read');
  });
});

it('hands on --http1 and how many runners may share the load', () => {
  expect(resolvePlan(config({}), { run: 'r' }).plan).toMatchObject({
    http1: false,
    mostRunners: 1,
  });
  const { plan } = resolvePlan(config({ http1: true }), { run: 'r', mostRunners: 4 });
  expect(plan).toMatchObject({ http1: true, mostRunners: 4 });
});
