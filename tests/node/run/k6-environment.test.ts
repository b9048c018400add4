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
  const load = { peakPerSecond: 150, isTls: false, cpus: 8, http1: false };

  it.each([
    [0.01, '1'],
    [150, '1'],
    [1000, '1'],
    [1001, '2'],
    [2000, '2'],
    [100_000, '8'],
  ])('gives k6 one processor per 1,000 orders a second: %d/s', (peakPerSecond, processors) => {
    expect(goRuntimeEnvironment({}, { ...load, peakPerSecond }).GOMAXPROCS).toBe(processors);
  });

  it('leaves all processors for TLS', () => {
    expect(goRuntimeEnvironment({}, { ...load, isTls: true }).GOMAXPROCS).toBe('8');
  });

  it('lets the heap grow to four times what is in use, and bounds it by nothing else', () => {
    expect(goRuntimeEnvironment({}, load)).toEqual({ GOGC: '300', GOMAXPROCS: '1' });
    const tls = { ...load, isTls: true, http1: true };
    expect(goRuntimeEnvironment({}, tls)).not.toHaveProperty('GOMEMLIMIT');
  });

  it('keeps HTTP/2 from being used with --http1, beside what the caller debugs', () => {
    const http1 = { ...load, http1: true };
    expect(goRuntimeEnvironment({}, http1).GODEBUG).toBe('http2client=0');
    const debugging = { GODEBUG: 'gctrace=1' };
    expect(goRuntimeEnvironment(debugging, http1).GODEBUG).toBe('gctrace=1,http2client=0');
    expect(goRuntimeEnvironment(debugging, load).GODEBUG).toBe('gctrace=1');
    expect(goRuntimeEnvironment({ GODEBUG: '' }, http1).GODEBUG).toBe('http2client=0');
    expect(goRuntimeEnvironment({ GODEBUG: '' }, load)).not.toHaveProperty('GODEBUG');
  });

  it('keeps what the caller has set, a limit of memory too', () => {
    const inherited = { GOGC: '100', GOMAXPROCS: '3', GOMEMLIMIT: '1GiB' };
    const own = goRuntimeEnvironment(inherited, { ...load, isTls: true });
    expect(own).toEqual({ GOGC: '100', GOMAXPROCS: '3' });
    expect(k6Environment(inherited, own)).toEqual(inherited);
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
