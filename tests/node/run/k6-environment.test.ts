import { describe, expect, it } from 'vitest';
import {
  goRuntimeEnvironment,
  k6Environment,
  processorsOf,
} from '../../../lib/node/run/k6-environment.ts';

describe('k6Environment', () => {
  it('scrubs every K6_ variable of the caller, whatever its case, and keeps the rest', () => {
    const inherited = {
      K6_VUS: '1',
      k6_iterations: '3',
      K6_OUT: 'json',
      PATH: '/bin',
      EMPTY: undefined,
    };
    expect(k6Environment(inherited, {})).toEqual({ PATH: '/bin' });
  });

  it("lets the suite's own values win", () => {
    expect(k6Environment({ LOAD_PLAN: 'stale' }, { LOAD_PLAN: '{}', K6_X: '1' })).toEqual({
      LOAD_PLAN: '{}',
      K6_X: '1',
    });
  });
});

describe('goRuntimeEnvironment', () => {
  const load = {
    peakPerSecond: 150,
    isTls: false,
    cpus: 8,
    heapBytes: 1_500_000_000,
  };

  it.each([
    [150, '1'],
    [2000, '1'],
    [2001, '2'],
    [100_000, '8'],
  ])('gives k6 one processor per 2,000 orders a second: %d/s', (peakPerSecond, processors) => {
    expect(goRuntimeEnvironment({}, { ...load, peakPerSecond }).GOMAXPROCS).toBe(processors);
  });

  it('leaves all processors for TLS', () => {
    expect(goRuntimeEnvironment({}, { ...load, isTls: true }).GOMAXPROCS).toBe('8');
  });

  it('collects garbage only when the heap has taken what is set aside', () => {
    expect(goRuntimeEnvironment({}, load)).toMatchObject({ GOGC: 'off', GOMEMLIMIT: '1500000000' });
  });

  it('leaves k6 a least heap when there are few VUs', () => {
    const { GOMEMLIMIT } = goRuntimeEnvironment({}, { ...load, heapBytes: 5_000_000 });
    expect(GOMEMLIMIT).toBe('268435456');
  });

  it('sets no limit where nothing bounds what k6 keeps', () => {
    const settings = goRuntimeEnvironment({}, { ...load, heapBytes: null });
    expect(settings).toEqual({ GOGC: '400', GOMAXPROCS: '1' });
  });

  it('keeps what the caller has set', () => {
    const inherited = { GOGC: '100', GOMAXPROCS: '3', GOMEMLIMIT: '1GiB' };
    expect(goRuntimeEnvironment(inherited, load)).toEqual(inherited);
  });

  it("sets no limit beside a caller's GOGC", () => {
    expect(goRuntimeEnvironment({ GOGC: '100' }, load)).not.toHaveProperty('GOMEMLIMIT');
  });
});

it.each([
  ['1', 1],
  ['3', 3],
  ['64', 8],
  ['', 8],
  ['many', 8],
])('counts the processors that k6 gets by GOMAXPROCS=%s of 8', (gomaxprocs, processors) => {
  expect(processorsOf(gomaxprocs, 8)).toBe(processors);
});
